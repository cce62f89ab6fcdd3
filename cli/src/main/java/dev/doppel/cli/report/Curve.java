package dev.doppel.cli.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A quantity over the course of training.
 *
 * @param points in order of x
 */
public record Curve(List<Point> points) {

  /**
   * A value at a moment.
   *
   * @param x epochs trained, in fractions
   * @param y the value
   */
  public record Point(double x, double y) {}

  public Curve {
    points = List.copyOf(points);
  }

  /** At most about {@code limit} points: the means of equal shares of the course. */
  public Curve thinned(int limit) {
    if (points.size() <= limit) {
      return this;
    }
    List<Point> means = new ArrayList<>(limit);
    for (int i = 0; i < limit; i++) {
      int from = (int) ((long) i * points.size() / limit);
      int to = (int) ((long) (i + 1) * points.size() / limit);
      double x = 0;
      double y = 0;
      for (Point point : points.subList(from, to)) {
        x += point.x();
        y += point.y();
      }
      means.add(new Point(x / (to - from), y / (to - from)));
    }
    return new Curve(means);
  }
}
