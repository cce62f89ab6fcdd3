package dev.doppel.cli.report;

import java.util.List;
import java.util.Locale;

/**
 * Questions answered wrongly, each as a strip: what was asked, the example that shows the same, and
 * the one that was taken for it.
 *
 * @param title what is shown
 * @param mistakes the furthest off first
 */
public record MistakeStrips(String title, List<Mistake> mistakes) {

  private static final int COLUMNS = 3;
  private static final int TILE = 72;
  private static final int GAP = 6;
  private static final int STRIP = 3 * TILE + 2 * GAP;
  private static final int MARGIN = 20;
  private static final int BETWEEN = 24;
  private static final int ABOVE = 66;
  private static final int STEP = TILE + 40;

  public MistakeStrips {
    mistakes = List.copyOf(mistakes);
  }

  /** The whole {@code svg} document. */
  public String svg() {
    int width = 2 * MARGIN + COLUMNS * STRIP + (COLUMNS - 1) * BETWEEN;
    int rows = (mistakes.size() + COLUMNS - 1) / COLUMNS;
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(width, ABOVE + rows * STEP, Html.text(inWords())));
    svg.append(Svg.text("head", MARGIN, 28, "start", title));
    svg.append(
        Svg.text(
            "small",
            MARGIN,
            50,
            "start",
            "Each: the question; the right example (green); the example that was chosen (red)."));
    for (int i = 0; i < mistakes.size(); i++) {
      int x = MARGIN + i % COLUMNS * (STRIP + BETWEEN);
      strip(svg, mistakes.get(i), x, ABOVE + i / COLUMNS * STEP);
    }
    return Standalone.of(svg.append("</svg>\n").toString());
  }

  private static void strip(StringBuilder svg, Mistake mistake, int x, int y) {
    int second = x + TILE + GAP;
    int third = second + TILE + GAP;
    svg.append(InkPath.tile(mistake.query().image(), x, y, TILE, 1, ""));
    svg.append(InkPath.tile(mistake.right().image(), second, y, TILE, 1, ""));
    svg.append(InkPath.tile(mistake.answered().image(), third, y, TILE, 1, ""));
    svg.append(frame(second, y, "good")).append(frame(third, y, "bad"));
    String words =
        String.format(
            Locale.ROOT,
            "%s, by %.3f",
            mistake.query().group().replace('_', ' '),
            Math.abs(mistake.margin()));
    svg.append(Svg.text("small", x, y + TILE + 17, "start", words));
  }

  private static String frame(int x, int y, String kind) {
    return "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n"
        .formatted(kind, x, y, TILE, TILE);
  }

  private String inWords() {
    StringBuilder words = new StringBuilder(title).append(':');
    for (Mistake mistake : mistakes) {
      words.append(' ').append(mistake.query().id());
      words.append(" taken for ").append(mistake.answered().id()).append(';');
    }
    return words.toString();
  }
}
