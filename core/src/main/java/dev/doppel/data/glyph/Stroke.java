package dev.doppel.data.glyph;

import dev.doppel.random.Draws;
import java.util.List;

/**
 * One movement of a pen: a cubic Bézier curve in the unit square, x to the right and y downwards.
 * Lines and arcs are special cases.
 *
 * @param points start, two control points, end
 */
record Stroke(List<Point> points) {

  record Point(double x, double y) {

    Point towards(Point other, double share) {
      return new Point(x + share * (other.x - x), y + share * (other.y - y));
    }

    /** A place nearby, {@code spread} away in each direction on the average. */
    Point shaken(Draws draws, double spread) {
      return new Point(x + spread * draws.gaussian(), y + spread * draws.gaussian());
    }

    double distance(Point other) {
      return Math.sqrt((x - other.x) * (x - other.x) + (y - other.y) * (y - other.y));
    }
  }

  Stroke {
    points = List.copyOf(points);
    if (points.size() != 4) {
      throw new IllegalArgumentException(points.size() + " points, a stroke has 4");
    }
  }

  /** A curve that leaves the straight line by {@code bend} of its length, to one side or both. */
  static Stroke between(Point start, Point end, double bend, double bendToo) {
    double dx = end.x() - start.x();
    double dy = end.y() - start.y();
    return new Stroke(
        List.of(
            start,
            new Point(start.x() + dx / 3 - dy * bend, start.y() + dy / 3 + dx * bend),
            new Point(end.x() - dx / 3 - dy * bendToo, end.y() - dy / 3 + dx * bendToo),
            end));
  }

  /** The curve at {@code t} from 0 to 1. */
  Point at(double t) {
    double s = 1 - t;
    double[] weight = {s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t};
    double x = 0;
    double y = 0;
    for (int i = 0; i < 4; i++) {
      x += weight[i] * points.get(i).x();
      y += weight[i] * points.get(i).y();
    }
    return new Point(x, y);
  }

  Point start() {
    return points.get(0);
  }

  Point end() {
    return points.get(3);
  }
}
