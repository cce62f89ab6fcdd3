package dev.doppel.cli.report;

import java.util.Locale;

/** Elements of inline SVG, coloured by classes of the page's style sheet. */
final class Svg {

  private Svg() {}

  static String line(double x1, double y1, double x2, double y2, String kind) {
    return String.format(
        Locale.ROOT,
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
        kind,
        x1,
        y1,
        x2,
        y2);
  }

  /**
   * @param anchor which end of the words lies at {@code x}: start, middle or end
   */
  static String text(double x, double y, String anchor, String words) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
        x,
        y,
        anchor,
        Html.text(words));
  }

  /** The same with a class of its own. */
  static String text(String kind, double x, double y, String anchor, String words) {
    return text(x, y, anchor, words).replaceFirst("<text", "<text class=\"" + kind + "\"");
  }
}
