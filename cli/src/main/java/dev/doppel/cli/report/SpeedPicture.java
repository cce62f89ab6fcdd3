package dev.doppel.cli.report;

import java.util.List;
import java.util.Locale;

/**
 * Accuracy against the time an image takes, on a logarithmic axis.
 *
 * @param title what is shown
 * @param marks a point each, by falling accuracy
 */
public record SpeedPicture(String title, List<Mark> marks) {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 400;
  private static final int LEFT = 64;
  private static final int RIGHT = 44;
  private static final int ABOVE = 56;
  private static final int BELOW = 54;

  /** A point that has another so near below it has its name above. */
  private static final int NEAR = 30;

  /**
   * One thing that answers.
   *
   * @param name of it
   * @param millis an image, above 0
   * @param accuracy 0 to 1
   * @param ours whether it learned something
   */
  public record Mark(String name, double millis, double accuracy, boolean ours) {}

  public SpeedPicture {
    marks = List.copyOf(marks);
  }

  /** The whole {@code svg} document. */
  public String svg() {
    double from = Math.floor(decade(marks.stream().mapToDouble(Mark::millis).min().orElse(1)));
    double to = Math.ceil(decade(marks.stream().mapToDouble(Mark::millis).max().orElse(10)) + 0.2);
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(WIDTH, HEIGHT, Html.text(inWords())));
    svg.append(Svg.text("head", 20, 28, "start", title));
    for (int i = 0; i <= 5; i++) {
      svg.append(Svg.line(LEFT, y(i / 5.0), WIDTH - RIGHT, y(i / 5.0), i == 0 ? "axis" : "grid"));
      svg.append(Svg.text(LEFT - 8, y(i / 5.0) + 5, "end", 20 * i + " %"));
    }
    for (double decade = from; decade <= to; decade++) {
      double x = x(decade, from, to);
      svg.append(Svg.line(x, y(0), x, y(0) + 5, "axis"));
      String millis =
          String.format(
              Locale.ROOT,
              decade < 0 ? "%." + (int) -decade + "f ms" : "%.0f ms",
              Math.pow(10, decade));
      svg.append(Svg.text(x, y(0) + 21, "middle", millis));
    }
    svg.append(Svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", "an image"));
    for (int i = 0; i < marks.size(); i++) { // by falling accuracy
      Mark mark = marks.get(i);
      double x = x(decade(mark.millis()), from, to);
      double y = y(mark.accuracy());
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"5\"/>\n",
              mark.ours() ? "ours" : "other",
              x,
              y));
      boolean above = i + 1 < marks.size() && y(marks.get(i + 1).accuracy()) - y < NEAR;
      svg.append(Svg.text("name", x, above ? y - 10 : y + 20, "middle", mark.name()));
    }
    return Standalone.of(svg.append("</svg>\n").toString());
  }

  private String inWords() {
    StringBuilder words = new StringBuilder(title).append(':');
    for (Mark mark : marks) {
      words.append(
          String.format(
              Locale.ROOT,
              " %s %.1f %% in %.3g ms;",
              mark.name(),
              100 * mark.accuracy(),
              mark.millis()));
    }
    return words.toString();
  }

  private static double decade(double millis) {
    return Math.log10(millis);
  }

  private static double x(double decade, double from, double to) {
    return LEFT + (decade - from) / (to - from) * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double share) {
    return HEIGHT - BELOW - share * (HEIGHT - ABOVE - BELOW);
  }
}
