package dev.doppel.cli.report;

import dev.doppel.eval.Interval;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Shares of right answers by what was learned from: images, or alphabets.
 *
 * @param title what is shown
 * @param below what the horizontal axis counts
 * @param lines at most two
 */
public record CoursePicture(String title, String below, List<Line> lines) {

  private static final int WIDTH = 560;
  private static final int HEIGHT = 380;
  private static final int LEFT = 64;
  private static final int RIGHT = 32;
  private static final int ABOVE = 72;
  private static final int BELOW = 54;

  /**
   * One line.
   *
   * @param name what it is of
   * @param points in order of x
   */
  public record Line(String name, List<Point> points) {
    public Line {
      points = List.copyOf(points);
    }
  }

  /**
   * One point.
   *
   * @param x counted
   * @param share 0 to 1
   * @param interval of the share; null for none
   */
  public record Point(double x, double share, @Nullable Interval interval) {}

  public CoursePicture {
    lines = List.copyOf(lines);
  }

  /** The whole {@code svg} document. */
  public String svg() {
    double most =
        lines.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(Point::x)
            .max()
            .orElse(1);
    double step = LineChart.tick(most, 6);
    double right = Math.ceil(most / step - 1e-9) * step;
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(WIDTH, HEIGHT, Html.text(inWords())));
    svg.append(Svg.text("head", 20, 28, "start", title));
    for (int i = 0; i <= 5; i++) {
      svg.append(Svg.line(LEFT, y(i / 5.0), WIDTH - RIGHT, y(i / 5.0), i == 0 ? "axis" : "grid"));
      svg.append(Svg.text(LEFT - 8, y(i / 5.0) + 5, "end", 20 * i + " %"));
    }
    for (int i = 0; i * step <= right * 1.0001; i++) {
      double x = x(i * step, right);
      svg.append(Svg.line(x, y(0), x, y(0) + 5, "axis"));
      svg.append(Svg.text(x, y(0) + 21, "middle", String.format(Locale.ROOT, "%,.0f", i * step)));
    }
    svg.append(Svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", below));
    for (int i = 0; i < lines.size(); i++) {
      svg.append("<g class=\"%s\">\n".formatted(i == 0 ? "first" : "second"));
      int left = LEFT + 250 * i;
      svg.append("<path class=\"curve\" d=\"M%d 50h28\"/>\n".formatted(left));
      svg.append(Svg.text(left + 36, 55, "start", lines.get(i).name()));
      svg.append(line(lines.get(i), right));
      svg.append("</g>\n");
    }
    return Standalone.of(svg.append("</svg>\n").toString());
  }

  private static String line(Line line, double right) {
    StringBuilder svg = new StringBuilder("<polyline class=\"curve\" points=\"");
    for (Point point : line.points()) {
      svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.x(), right), y(point.share())));
    }
    svg.append("\"/>\n");
    for (Point point : line.points()) {
      Interval interval = point.interval();
      if (interval != null) {
        double x = x(point.x(), right);
        svg.append(Svg.line(x, y(interval.low()), x, y(interval.high()), "whisker"));
        svg.append(
            String.format(
                Locale.ROOT,
                "<circle class=\"end\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>\n",
                x,
                y(point.share())));
      }
    }
    return svg.toString();
  }

  private String inWords() {
    StringBuilder words = new StringBuilder(title);
    for (Line line : lines) {
      Point last = line.points().get(line.points().size() - 1);
      words.append(
          String.format(
              Locale.ROOT,
              "; %s: %.1f %% after %,.0f %s",
              line.name(),
              100 * last.share(),
              last.x(),
              below));
    }
    return words.toString();
  }

  private static double x(double value, double right) {
    return LEFT + value / right * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double share) {
    return HEIGHT - BELOW - share * (HEIGHT - ABOVE - BELOW);
  }
}
