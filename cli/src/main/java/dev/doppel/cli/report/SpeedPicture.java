package dev.doppel.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

  /** Where a name may stand below or above its point, the best place first. */
  private static final int[] PLACES = {20, -10, 38, -28, 56, 74, 92};

  /** About the width of a letter, and the height of a line. */
  private static final double LETTER = 7.6;

  private static final double LINE = 17;
  private static final int DOT = 5;

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
    List<Box> taken = new ArrayList<>();
    for (Mark mark : marks) {
      double x = x(decade(mark.millis()), from, to);
      taken.add(new Box(x - DOT, y(mark.accuracy()) - DOT, 2 * DOT, 2 * DOT));
    }
    for (Mark mark : marks) {
      double x = x(decade(mark.millis()), from, to);
      double y = y(mark.accuracy());
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%d\"/>\n",
              mark.ours() ? "ours" : "other",
              x,
              y,
              DOT));
      Box name = place(mark.name(), x, y, taken);
      taken.add(name);
      svg.append(
          Svg.text("name", name.x + name.width / 2, name.y + LINE - 4, "middle", mark.name()));
    }
    return Standalone.of(svg.append("</svg>\n").toString());
  }

  /** What is taken of the picture. */
  private record Box(double x, double y, double width, double height) {

    boolean meets(Box other) {
      return x < other.x + other.width
          && other.x < x + width
          && y < other.y + other.height
          && other.y < y + height;
    }
  }

  /** The best place for a name that meets nothing, or else the best. */
  private static Box place(String name, double x, double y, List<Box> taken) {
    double width = LETTER * name.length();
    double left = Math.max(LEFT + 4, Math.min(x - width / 2, WIDTH - 8 - width));
    @Nullable Box best = null;
    for (int below : PLACES) {
      Box box = new Box(left, y + below - LINE + 4, width, LINE);
      if (taken.stream().noneMatch(box::meets)) {
        return box;
      }
      best = best == null ? box : best;
    }
    return Objects.requireNonNull(best);
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
