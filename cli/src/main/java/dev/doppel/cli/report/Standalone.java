package dev.doppel.cli.report;

/**
 * Makes a file of its own of an inline {@code svg} element: a panel under it, and colours for its
 * classes that follow the reader's choice of light or dark.
 */
final class Standalone {

  private static final String STYLE =
      """
      <style>
      text{font:14px system-ui,sans-serif}.head{font-size:15px}.small{font-size:12px}
      .curve{stroke-width:2.2;stroke-linejoin:round}.second .curve{stroke-dasharray:7 4}
      .honest{stroke-width:1.2;stroke-dasharray:2 4}.whisker{stroke-width:1.5}
      .curve,.ink,.good,.bad{fill:none}.good,.bad{stroke-width:2}
      .tile{fill:#fff}.ink{stroke:#111;stroke-width:1.2}
      .panel{fill:#f6f8fa}text{fill:#57606a}.head,.name{fill:#24292f}
      .grid,.tile{stroke:#d0d7de}.axis,.honest{stroke:#57606a}.whisker{stroke:#24292f}
      .curve{stroke:#0a64a8}.end,.ours{fill:#0a64a8}.other{fill:#8c959f}
      .second .curve{stroke:#a34a12}.second .end{fill:#a34a12}
      .good{stroke:#1d7a3e}.bad{stroke:#b3261e}
      @media(prefers-color-scheme:dark){
      .panel{fill:#1d2026}text{fill:#a6abb5}.head,.name{fill:#e9e7e2}
      .grid,.tile{stroke:#343942}.axis,.honest{stroke:#a6abb5}.whisker{stroke:#e9e7e2}
      .curve{stroke:#6db5f2}.end,.ours{fill:#6db5f2}.other{fill:#6b7380}
      .second .curve{stroke:#f0a35e}.second .end{fill:#f0a35e}
      .good{stroke:#3fae66}.bad{stroke:#ff5c52}}
      </style>
      """;

  private Standalone() {}

  /**
   * The whole {@code svg} document.
   *
   * @param inline an element that begins with its view box and has an {@code aria-label}
   */
  static String of(String inline) {
    int end = inline.indexOf('>') + 1;
    String[] box = inline.substring(inline.indexOf('"') + 1).split("\"", 2)[0].split(" ", -1);
    String size = "width=\"%s\" height=\"%s\"".formatted(box[2], box[3]);
    return inline
            .substring(0, end)
            .replaceFirst("<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" " + size)
        + "\n"
        + STYLE
        + "<rect class=\"panel\" rx=\"12\" %s/>\n".formatted(size)
        + inline.substring(end).stripLeading();
  }
}
