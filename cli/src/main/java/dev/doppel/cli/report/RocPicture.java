package dev.doppel.cli.report;

import dev.doppel.eval.Roc;
import java.util.List;
import java.util.Locale;

/**
 * How many same pairs are accepted at each share of false accepts, which runs on a logarithmic
 * axis: what matters is where it is small.
 *
 * @param curves at most two
 */
public record RocPicture(List<Curve> curves) {

  private static final int WIDTH = 560;
  private static final int HEIGHT = 380;
  private static final int LEFT = 64;
  private static final int RIGHT = 32;
  private static final int ABOVE = 72;
  private static final int BELOW = 54;

  /** Decades below 1. */
  private static final int DECADES = 4;

  /** A pixel, half the stroke; closer points would not be seen apart. */
  private static final double APART = 1;

  /**
   * One curve.
   *
   * @param name what it is of
   * @param roc its points
   */
  public record Curve(String name, Roc roc) {}

  public RocPicture {
    curves = List.copyOf(curves);
  }

  /** The whole {@code svg} document. */
  public String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(WIDTH, HEIGHT, Html.text(inWords())));
    svg.append(Svg.text("head", 20, 28, "start", "Pairs accepted as the same"));
    for (int i = 0; i <= 5; i++) {
      double share = i / 5.0;
      svg.append(Svg.line(LEFT, y(share), WIDTH - RIGHT, y(share), i == 0 ? "axis" : "grid"));
      svg.append(Svg.text(LEFT - 8, y(share) + 5, "end", 20 * i + " %"));
    }
    for (int i = 0; i <= DECADES; i++) {
      double far = Math.pow(10, -i);
      svg.append(Svg.line(x(far), y(0), x(far), y(0) + 5, "axis"));
      svg.append(Svg.text(x(far), y(0) + 21, "middle", percent(far)));
    }
    svg.append(
        Svg.text(
            (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", "of different pairs, accepted"));
    for (int i = 0; i < curves.size(); i++) {
      svg.append("<g class=\"%s\">\n".formatted(i == 0 ? "first" : "second"));
      int left = LEFT + 285 * i;
      svg.append("<path class=\"curve\" d=\"M%d 50h28\"/>\n".formatted(left));
      svg.append(Svg.text(left + 36, 55, "start", curves.get(i).name()));
      svg.append(line(curves.get(i).roc()));
      svg.append("</g>\n");
    }
    return Standalone.of(svg.append("</svg>\n").toString());
  }

  private static String line(Roc roc) {
    StringBuilder line = new StringBuilder("<polyline class=\"curve\" points=\"");
    double lastX = Double.NEGATIVE_INFINITY;
    double lastY = Double.NEGATIVE_INFINITY;
    for (Roc.Point point : roc.points()) {
      double x = x(point.far());
      double y = y(point.tar());
      if (Math.abs(x - lastX) > APART || Math.abs(y - lastY) > APART) {
        line.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
        lastX = x;
        lastY = y;
      }
    }
    return line.append("\"/>\n").toString();
  }

  private String inWords() {
    StringBuilder words = new StringBuilder("Same pairs accepted:");
    for (Curve curve : curves) {
      words.append(
          String.format(
              Locale.ROOT,
              " %s: %.1f %% at 1 %% of the different pairs, %.1f %% at 0.1 %%, area %.4f.",
              curve.name(),
              100 * curve.roc().atFar(0.01).tar(),
              100 * curve.roc().atFar(0.001).tar(),
              curve.roc().auc()));
    }
    return words.toString();
  }

  private static String percent(double share) {
    return 100 * share >= 1
        ? String.format(Locale.ROOT, "%.0f %%", 100 * share)
        : String.format(Locale.ROOT, "%s %%", 100 * share < 0.05 ? "0.01" : "0.1");
  }

  private static double x(double far) {
    double decades = -Math.log10(Math.max(far, Math.pow(10, -DECADES)));
    return LEFT + (1 - decades / DECADES) * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double share) {
    return HEIGHT - BELOW - share * (HEIGHT - ABOVE - BELOW);
  }
}
