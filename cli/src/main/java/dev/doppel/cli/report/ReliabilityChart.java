package dev.doppel.cli.report;

import dev.doppel.eval.Reliability;
import java.util.List;
import java.util.Locale;

/**
 * Claimed probabilities against how often they came true, as inline SVG coloured by the page's
 * style sheet: a curve for each size of gallery, and the diagonal on which an honest one lies. The
 * larger a point, the more answers it stands for.
 *
 * @param reliabilities by size of the gallery, at most two
 */
record ReliabilityChart(List<Reliability> reliabilities) {

  private static final int WIDTH = 480;
  private static final int HEIGHT = 360;
  private static final int LEFT = 64;
  private static final int RIGHT = 28;
  private static final int ABOVE = 14;
  private static final int BELOW = 50;

  /** Of a point that stands for all answers. */
  private static final double RADIUS = 13;

  /** So that a point that stands for few can be seen. */
  private static final double LEAST = 3;

  ReliabilityChart {
    reliabilities = List.copyOf(reliabilities);
  }

  /** The chart's {@code svg} element, with a text that says the same. */
  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(WIDTH, HEIGHT, Html.text(inWords())));
    for (int i = 0; i <= 5; i++) {
      double share = i / 5.0;
      String percent = 20 * i + " %";
      svg.append(Svg.line(LEFT, y(share), WIDTH - RIGHT, y(share), i == 0 ? "axis" : "grid"));
      svg.append(Svg.text(LEFT - 8, y(share) + 5, "end", percent));
      svg.append(Svg.line(x(share), HEIGHT - BELOW, x(share), HEIGHT - BELOW + 5, "axis"));
      svg.append(Svg.text(x(share), HEIGHT - BELOW + 21, "middle", percent));
    }
    svg.append(Svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 7, "middle", "probability it gave"));
    svg.append(Svg.line(x(0), y(0), x(1), y(1), "honest"));
    for (int i = 0; i < reliabilities.size(); i++) {
      svg.append(curve(reliabilities.get(i).bins(), i == 0 ? "first" : "second"));
    }
    return svg.append("</svg>\n").toString();
  }

  private static String curve(List<Reliability.Bin> bins, String kind) {
    StringBuilder svg = new StringBuilder();
    svg.append("<g class=\"%s\">\n<polyline class=\"curve\" points=\"".formatted(kind));
    for (Reliability.Bin bin : bins) {
      svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(bin.claimed()), y(bin.right())));
    }
    svg.append("\"/>\n");
    for (Reliability.Bin bin : bins) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle class=\"end\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>\n",
              x(bin.claimed()),
              y(bin.right()),
              Math.max(LEAST, RADIUS * Math.sqrt(bin.share()))));
    }
    return svg.append("</g>\n").toString();
  }

  private String inWords() {
    StringBuilder words = new StringBuilder("How often it was right, by the probability it gave.");
    for (Reliability each : reliabilities) {
      words.append(" Among %d labels:".formatted(each.labels()));
      String comma = " ";
      for (Reliability.Bin bin : each.bins()) {
        words.append(
            String.format(
                Locale.ROOT,
                "%s%.0f %% came true of %.0f %%",
                comma,
                100 * bin.right(),
                100 * bin.claimed()));
        comma = ", ";
      }
      words.append(".");
    }
    return words.toString();
  }

  private static double x(double share) {
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double share) {
    return HEIGHT - BELOW - share * (HEIGHT - ABOVE - BELOW);
  }
}
