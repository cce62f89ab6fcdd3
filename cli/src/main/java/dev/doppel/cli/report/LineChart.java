package dev.doppel.cli.report;

import dev.doppel.cli.report.Curve.Point;
import java.util.List;
import java.util.Locale;

/**
 * A line chart as inline SVG, coloured by the page's style sheet, so that it follows dark mode.
 *
 * @param title what is shown
 * @param unit what follows a number of the vertical axis, such as {@code " %"}
 * @param curve the line
 * @param top upper end of the vertical axis, at least; the axis begins at zero
 */
record LineChart(String title, String unit, Curve curve, double top) {

  private static final int WIDTH = 480;
  private static final int HEIGHT = 270;
  private static final int LEFT = 56;
  private static final int RIGHT = 14;
  private static final int ABOVE = 14;
  private static final int BELOW = 46;

  /** The chart's {@code svg} element, with a text that says the same. */
  String svg() {
    List<Point> points = curve.points();
    double right = Math.max(1, Math.ceil(points.stream().mapToDouble(Point::x).max().orElse(1)));
    double upper = Math.max(top, points.stream().mapToDouble(Point::y).max().orElse(1));
    double stepX = tick(right, 6);
    double stepY = tick(upper, 5);
    upper = Math.ceil(upper / stepY - 1e-9) * stepY;

    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(WIDTH, HEIGHT, Html.text(inWords())));
    for (int i = 0; i * stepY <= upper * 1.0001; i++) {
      double y = y(i * stepY, upper);
      svg.append(Svg.line(LEFT, y, WIDTH - RIGHT, y, i == 0 ? "axis" : "grid"));
      svg.append(Svg.text(LEFT - 8, y + 5, "end", number(i * stepY, stepY) + unit));
    }
    for (int i = 0; i * stepX <= right * 1.0001; i++) {
      double x = x(i * stepX, right);
      svg.append(Svg.line(x, HEIGHT - BELOW, x, HEIGHT - BELOW + 5, "axis"));
      svg.append(Svg.text(x, HEIGHT - BELOW + 20, "middle", number(i * stepX, stepX)));
    }
    svg.append(Svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 6, "middle", "epochs"));
    svg.append("<polyline class=\"curve\" points=\"");
    for (Point point : points) {
      svg.append(xy(x(point.x(), right), y(point.y(), upper)));
    }
    svg.append("\"/>\n");
    if (!points.isEmpty()) {
      Point last = points.get(points.size() - 1);
      svg.append(
          "<circle class=\"end\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>\n"
              .formatted(x(last.x(), right), y(last.y(), upper)));
    }
    return svg.append("</svg>\n").toString();
  }

  private String inWords() {
    List<Point> points = curve.points();
    if (points.isEmpty()) {
      return title + ": nothing recorded";
    }
    Point first = points.get(0);
    Point last = points.get(points.size() - 1);
    return String.format(
        Locale.ROOT,
        "%s: from %.2f%s at epoch %.1f to %.2f%s at epoch %.1f",
        title,
        first.y(),
        unit,
        first.x(),
        last.y(),
        unit,
        last.x());
  }

  /** A step of 1, 2 or 5 times a power of ten that gives at most {@code most} steps. */
  static double tick(double range, int most) {
    double power = Math.pow(10, Math.floor(Math.log10(range / most)));
    for (double factor : new double[] {1, 2, 5, 10}) {
      if (range / (factor * power) <= most) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private static double x(double value, double right) {
    return LEFT + value / right * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double value, double upper) {
    return HEIGHT - BELOW - value / upper * (HEIGHT - ABOVE - BELOW);
  }

  private static String xy(double x, double y) {
    return String.format(Locale.ROOT, "%.1f,%.1f ", x, y);
  }

  private static String number(double value, double step) {
    int digits = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
