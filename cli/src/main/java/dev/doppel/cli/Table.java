package dev.doppel.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Lines of text in columns, the first to the left, the others as asked. */
final class Table {

  /** On which side of a column its texts are flush. */
  enum Align {
    LEFT,
    RIGHT
  }

  private static final String GAP = "  ";

  private final List<Align> aligns;
  private final List<List<String>> rows = new ArrayList<>();

  Table(Align... aligns) {
    this.aligns = List.of(aligns);
  }

  /** Adds a row; an empty one is a line across. */
  Table row(String... cells) {
    if (cells.length != 0 && cells.length != aligns.size()) {
      throw new IllegalArgumentException(cells.length + " cells in " + aligns.size() + " columns");
    }
    rows.add(Stream.of(cells).map(cell -> cell.replace("\n", "\\n")).toList()); // one line each
    return this;
  }

  /** The rows as lines, each indented by two. */
  List<String> lines() {
    int[] widths = new int[aligns.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], length(row.get(i)));
      }
    }
    int total = GAP.length() * (aligns.size() - 1);
    for (int width : widths) {
      total += width;
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(GAP);
      if (row.isEmpty()) {
        line.append("─".repeat(total));
      }
      for (int i = 0; i < row.size(); i++) {
        String pad = " ".repeat(widths[i] - length(row.get(i)));
        line.append(i == 0 ? "" : GAP);
        line.append(aligns.get(i) == Align.LEFT ? row.get(i) + pad : pad + row.get(i));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
