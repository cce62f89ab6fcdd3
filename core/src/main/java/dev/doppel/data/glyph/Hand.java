package dev.doppel.data.glyph;

import dev.doppel.data.glyph.Stroke.Point;
import dev.doppel.image.Bitmap;
import dev.doppel.random.Draws;
import java.util.ArrayList;
import java.util.List;

/**
 * The way one person writes: slant, size, place, and how far strokes stray from what was meant.
 *
 * @param slant how far x moves for each step upwards
 * @param turn by which the line is turned, in radians
 * @param scaleX width of the writing
 * @param scaleY height of the writing
 * @param shiftX where it stands
 * @param shiftY where it stands
 * @param wobble how far the points of a stroke stray, in parts of the sheet
 * @param width of the pen in pixels
 */
record Hand(
    double slant,
    double turn,
    double scaleX,
    double scaleY,
    double shiftX,
    double shiftY,
    double wobble,
    double width) {

  /** A new person's. */
  static Hand invent(Draws draws) {
    return new Hand(
        0.12 * draws.gaussian(),
        0.06 * draws.gaussian(),
        StrictMath.exp(0.12 * draws.gaussian()),
        StrictMath.exp(0.12 * draws.gaussian()),
        0.04 * draws.gaussian(),
        0.04 * draws.gaussian(),
        draws.between(0.012, 0.035),
        draws.between(3.0, 4.4));
  }

  /** Draws a character once on a sheet of {@code side} pixels; never twice the same. */
  Bitmap draw(List<Stroke> character, int side, Draws draws) {
    Bitmap.Builder sheet = new Bitmap.Builder(side, side);
    double sway = slant + 0.03 * draws.gaussian();
    Point centre = new Point(shiftX, shiftY).shaken(draws, 0.015);
    for (Stroke meant : character) {
      List<Point> points = new ArrayList<>();
      for (Point point : meant.points()) {
        points.add(placed(point.shaken(draws, wobble), sway, centre));
      }
      // A pen starts late and stops early, or runs over.
      double begin = 0.04 * draws.gaussian();
      double end = 1 + 0.04 * draws.gaussian();
      ink(sheet, new Stroke(points), Math.max(begin, -0.05), Math.min(end, 1.05), side);
    }
    return sheet.build();
  }

  private Point placed(Point point, double sway, Point centre) {
    double x = (point.x() - 0.5) * scaleX;
    double y = (point.y() - 0.5) * scaleY;
    x -= sway * y;
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    return new Point(0.5 + centre.x() + cos * x - sin * y, 0.5 + centre.y() + sin * x + cos * y);
  }

  private void ink(Bitmap.Builder sheet, Stroke stroke, double begin, double end, int side) {
    double length = 0;
    for (int i = 1; i < 4; i++) {
      length += stroke.points().get(i - 1).distance(stroke.points().get(i));
    }
    int steps = Math.max(2, (int) (length * side));
    for (int step = 0; step <= steps; step++) {
      Point at = stroke.at(begin + (end - begin) * step / steps);
      dot(sheet, at.x() * side - 0.5, at.y() * side - 0.5, side);
    }
  }

  /** Inks the pixels whose centres the pen covers. */
  private void dot(Bitmap.Builder sheet, double x, double y, int side) {
    double radius = width / 2;
    for (int row = (int) Math.ceil(y - radius); row <= y + radius; row++) {
      double half = Math.sqrt(radius * radius - (row - y) * (row - y));
      for (int column = (int) Math.ceil(x - half); column <= x + half; column++) {
        if (row >= 0 && row < side && column >= 0 && column < side) {
          sheet.ink(column, row);
        }
      }
    }
  }
}
