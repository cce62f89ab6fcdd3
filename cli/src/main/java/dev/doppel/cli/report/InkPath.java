package dev.doppel.cli.report;

import dev.doppel.image.Image;
import java.util.Locale;

/**
 * Handwriting as a path of horizontal strokes, one a run of ink, so that it needs no other file.
 */
final class InkPath {

  /** Darker than this is ink. */
  private static final int DARK = 128;

  private InkPath() {}

  /**
   * A tile with the picture.
   *
   * @param side of the tile
   * @param shrink how many pixels of a side become one; ink if a third of their square is
   * @param style of the ink, in place of the style sheet's; empty for that
   */
  static String tile(Image image, double x, double y, double side, int shrink, String style) {
    int width = (image.width() + shrink - 1) / shrink;
    int height = (image.height() + shrink - 1) / shrink;
    return String.format(
        Locale.ROOT,
        "<svg x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" viewBox=\"0 -.5 %d %d\">"
            + "<rect class=\"tile\" y=\"-.5\" width=\"100%%\" height=\"100%%\"/>"
            + "<path class=\"ink\"%s d=\"%s\"/></svg>\n",
        x,
        y,
        side,
        side,
        width,
        height,
        style.isEmpty() ? "" : " style=\"" + style + "\"",
        path(image, shrink));
  }

  private static String path(Image image, int shrink) {
    StringBuilder path = new StringBuilder();
    for (int y = 0; y * shrink < image.height(); y++) {
      int start = -1;
      for (int x = 0; x * shrink <= image.width(); x++) {
        boolean ink = x * shrink < image.width() && ink(image, x * shrink, y * shrink, shrink);
        if (ink && start < 0) {
          start = x;
        } else if (!ink && start >= 0) {
          path.append('M').append(start).append(' ').append(y).append('h').append(x - start);
          start = -1;
        }
      }
    }
    return path.toString();
  }

  private static boolean ink(Image image, int left, int top, int shrink) {
    int dark = 0;
    for (int y = top; y < Math.min(image.height(), top + shrink); y++) {
      for (int x = left; x < Math.min(image.width(), left + shrink); x++) {
        dark += image.sample(x, y, 0) < DARK ? 1 : 0;
      }
    }
    return 3 * dark >= shrink * shrink;
  }
}
