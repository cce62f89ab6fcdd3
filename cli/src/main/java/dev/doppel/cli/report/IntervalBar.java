package dev.doppel.cli.report;

import dev.doppel.eval.Interval;
import java.util.Locale;

/** A row's accuracy as a bar from 0 to 100 %, with a line over its interval. */
final class IntervalBar {

  private IntervalBar() {}

  /** The bar; the number beside it says the same, so that it is hidden from screen readers. */
  static String svg(Standing row) {
    StringBuilder svg = new StringBuilder();
    svg.append("<svg viewBox=\"0 0 200 16\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
    svg.append("<rect class=\"track\" x=\"0\" y=\"3\" width=\"200\" height=\"10\"/>");
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"value\" x=\"0\" y=\"3\" width=\"%.1f\" height=\"10\"/>",
            200 * row.accuracy()));
    Interval interval = row.interval();
    if (interval != null) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=\"whisker\" x1=\"%.1f\" y1=\"8\" x2=\"%.1f\" y2=\"8\"/>",
              200 * interval.low(),
              200 * interval.high()));
      for (double end : new double[] {interval.low(), interval.high()}) {
        svg.append(
            String.format(
                Locale.ROOT,
                "<line class=\"whisker\" x1=\"%.1f\" y1=\"3\" x2=\"%.1f\" y2=\"13\"/>",
                200 * end,
                200 * end));
      }
    }
    return svg.append("</svg>").toString();
  }
}
