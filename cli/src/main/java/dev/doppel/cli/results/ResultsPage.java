package dev.doppel.cli.results;

import dev.doppel.eval.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The page of all results: ours and what others printed, side by side.
 *
 * @param line the command that writes it
 * @param rows ours
 * @param pictures beside the page
 * @param machine what it was measured on
 * @param synthetic whether a program drew the characters
 */
public record ResultsPage(
    String line, List<Reproduced> rows, List<Picture> pictures, String machine, boolean synthetic) {

  /**
   * A picture beside the page.
   *
   * @param file its name
   * @param words what it shows
   * @param svg the document
   */
  public record Picture(String file, String words, String svg) {}

  public ResultsPage {
    rows = rows.stream().filter(row -> row.figure() != null).toList();
    pictures = List.copyOf(pictures);
  }

  /** A line of a table, with what it is sorted by. */
  private record Line(double accuracy, String cells) {}

  /** The page. */
  public String markdown() {
    StringBuilder page = new StringBuilder("# Results on Omniglot\n\n");
    page.append("Written by `").append(line).append("`; do not edit.\n\n");
    if (synthetic) {
      page.append("**SYNTHETIC DATA: a program drew the characters. No figure is about");
      page.append(" handwriting.**\n\n");
    }
    page.append(
        """
        Ours are bold, and each has the command that prints it. `./doppel reproduce` measures all of
        them again from the shipped models, and fails if one has left its 95 % interval. Models learn
        from the 30 background alphabets alone; settings are chosen by the ten evaluation alphabets
        that Lake's runs do not use. Of figures that others printed only those are here that were
        read in the paper, or in a later one that the table names. Seconds are those of the whole
        measurement, each image embedded once for all tables.

        Rows whose command is a training are of models that are not shipped, and their seconds are
        those of one training. `./doppel reproduce --train DIR` trains and measures them, all or
        those that `--only` names.

        """);
    for (Section section : Section.values()) {
      List<Line> lines = lines(section);
      if (!lines.isEmpty()) {
        page.append("## ").append(section.title()).append("\n\n");
        page.append(section.text()).append('\n');
        page.append("| who | share | 95 % | asked | seed | seconds | printed in, or command |\n");
        page.append("| --- | ---: | ---: | --- | ---: | ---: | --- |\n");
        lines.forEach(each -> page.append(each.cells()));
        page.append('\n');
      }
    }
    if (!pictures.isEmpty()) {
      page.append("## Pictures\n\n");
      for (Picture picture : pictures) {
        page.append(
            "%s\n\n![%s](%s)\n\n".formatted(picture.words(), picture.words(), picture.file()));
      }
      page.append(
          "The characters are Omniglot's, © 2015 Brenden Lake, under the"
              + " [MIT licence](../pictures/README.md).\n\n");
    }
    return page.append("Measured on ").append(machine).append(".\n").toString();
  }

  /** A table's lines, best first; none if none is ours. */
  private List<Line> lines(Section section) {
    List<Line> lines = new ArrayList<>();
    for (Reproduced each : rows) {
      if (each.row().section() == section) {
        lines.add(ours(each));
      }
    }
    if (lines.isEmpty() || section == Section.OPEN_SET) {
      return lines;
    }
    for (Published each : Rows.published()) {
      if (each.section() == section) {
        lines.add(
            new Line(
                each.accuracy(),
                "| %s | %s | | | | | %s |\n"
                    .formatted(each.who(), percent(each.accuracy()), each.source())));
      }
    }
    lines.sort(Comparator.comparingDouble(Line::accuracy).reversed()); // ours first among equals
    return lines;
  }

  private static Line ours(Reproduced each) {
    Figure figure = each.figure();
    if (figure == null) {
      throw new IllegalArgumentException(each.row().id() + " without a figure");
    }
    String moved = each.state() == Reproduced.State.MOVED ? " (" + each.state().words() + ")" : "";
    return new Line(
        figure.accuracy(),
        "| **%s** | **%s**%s | %s | %s | %s | %s | `%s` |\n"
            .formatted(
                each.row().who(),
                percent(figure.accuracy()),
                moved,
                range(figure.interval()),
                each.row().protocol(),
                figure.seeds(),
                seconds(figure.seconds()),
                each.row().origin().command()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  private static String range(Interval interval) {
    return String.format(Locale.ROOT, "%.1f – %.1f", 100 * interval.low(), 100 * interval.high());
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, seconds < 10 ? "%.1f" : "%,.0f", seconds);
  }
}
