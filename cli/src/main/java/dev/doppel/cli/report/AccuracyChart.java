package dev.doppel.cli.report;

import dev.doppel.eval.Interval;
import java.util.List;
import java.util.Locale;

/**
 * Accuracies of several things by several protocols, each a dot on a line over its interval, as a
 * picture that stands alone.
 *
 * @param title what is shown
 * @param protocols what the marks of each row are by
 * @param rows one below the other
 */
public record AccuracyChart(String title, List<String> protocols, List<Row> rows) {

  private static final int WIDTH = 760;
  private static final int LEFT = 200;
  private static final int RIGHT = 70;
  private static final int ABOVE = 84;
  private static final int BELOW = 40;
  private static final int STEP = 34;

  /** One for each protocol, told apart by colour-blind eyes too. */
  private static final List<String> COLOURS = List.of("#0072b2", "#d55e00", "#009e73");

  /**
   * One thing.
   *
   * @param name of it
   * @param marks one a protocol
   * @param aside what stands at the right, such as a time
   */
  public record Row(String name, List<Mark> marks, String aside) {
    public Row {
      marks = List.copyOf(marks);
    }
  }

  /**
   * An accuracy with its interval, each 0 to 1.
   *
   * @param accuracy where the dot is
   * @param interval how far the line goes
   */
  public record Mark(double accuracy, Interval interval) {}

  public AccuracyChart {
    protocols = List.copyOf(protocols);
    rows = List.copyOf(rows);
    if (protocols.size() > COLOURS.size()) {
      throw new IllegalArgumentException(protocols.size() + " protocols, at most 3 can be told");
    }
  }

  /** The whole {@code svg} document. */
  public String svg() {
    double least =
        rows.stream()
            .flatMap(row -> row.marks().stream())
            .mapToDouble(mark -> mark.interval().low())
            .min()
            .orElse(0);
    double left = Math.max(0, Math.floor(least * 10 - 1e-9) / 10);
    int height = ABOVE + rows.size() * STEP + BELOW;
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d">
        <title>%3$s</title>
        <style>text{font:14px system-ui,sans-serif;fill:#24292f}.small{font-size:12px;fill:#57606a}
        .grid{stroke:#d0d7de}.line{stroke-width:2.5}</style>
        <rect width="%1$d" height="%2$d" rx="12" fill="#f6f8fa"/>
        """
            .formatted(WIDTH, height, Html.text(inWords())));
    svg.append(text(24, 30, "start", "", title));
    double x = 24;
    for (int i = 0; i < protocols.size(); i++) {
      svg.append(
          String.format(
              Locale.ROOT, "<circle cx='%.1f' cy='51' r='5' fill='%s'/>\n", x + 5, COLOURS.get(i)));
      svg.append(text(x + 16, 56, "start", "small", protocols.get(i)));
      x += 44 + 6.6 * protocols.get(i).length();
    }
    double step = LineChart.tick(1 - left, 6);
    for (int i = 0; left + i * step <= 1 + 1e-9; i++) {
      double at = x(left + i * step, left);
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class='grid' x1='%.1f' y1='%d' x2='%.1f' y2='%d'/>\n",
              at,
              ABOVE - 8,
              at,
              height - BELOW));
      String percent = String.format(Locale.ROOT, "%.0f %%", 100 * (left + i * step));
      svg.append(text(at, height - BELOW + 20, "middle", "small", percent));
    }
    for (int i = 0; i < rows.size(); i++) {
      row(svg, rows.get(i), ABOVE + i * STEP + STEP / 2.0, left);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void row(StringBuilder svg, Row row, double y, double left) {
    svg.append(text(LEFT - 14, y + 5, "end", "", row.name()));
    svg.append(text(WIDTH - 14, y + 5, "end", "small", row.aside()));
    int marks = row.marks().size();
    for (int i = 0; i < marks; i++) {
      Mark mark = row.marks().get(i);
      double at = y + (i - (marks - 1) / 2.0) * 10;
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class='line' x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s'/>"
                  + "<circle cx='%.1f' cy='%.1f' r='4' fill='%s'/>\n",
              x(mark.interval().low(), left),
              at,
              x(mark.interval().high(), left),
              at,
              COLOURS.get(i),
              x(mark.accuracy(), left),
              at,
              COLOURS.get(i)));
    }
  }

  private String inWords() {
    StringBuilder words = new StringBuilder(title);
    for (Row row : rows) {
      words.append("; ").append(row.name());
      for (Mark mark : row.marks()) {
        words.append(String.format(Locale.ROOT, " %.1f %%", 100 * mark.accuracy()));
      }
    }
    return words.toString();
  }

  private static double x(double share, double left) {
    return LEFT + (share - left) / (1 - left) * (WIDTH - LEFT - RIGHT);
  }

  private static String text(double x, double y, String anchor, String kind, String words) {
    return String.format(
        Locale.ROOT,
        "<text x='%.1f' y='%.1f' text-anchor='%s' class='%s'>%s</text>\n",
        x,
        y,
        anchor,
        kind,
        Html.text(words));
  }
}
