package dev.doppel.model;

import java.util.List;

/**
 * What a score says for "the same": the logarithm of the likelihood ratio, how many times likelier
 * the score is for a pair that is the same than for another.
 *
 * <p>Linear between its points and level outside them: it claims no more than the outermost points
 * do. Immutable and thread-safe.
 *
 * @param points by rising score; the ratio never falls
 */
public record Evidence(List<Point> points) {

  /** Beyond it a ratio could no longer be added to others. */
  private static final double MAX_LOG = 600;

  /**
   * A point of the line.
   *
   * @param score of a head; higher is closer
   * @param log natural logarithm of the likelihood ratio there
   */
  public record Point(double score, double log) {

    public Point {
      if (!Double.isFinite(score) || !(Math.abs(log) <= MAX_LOG)) {
        throw new IllegalArgumentException("a ratio of e^" + log + " at score " + score);
      }
    }
  }

  public Evidence {
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("evidence without a point");
    }
    for (int i = 1; i < points.size(); i++) {
      if (!(points.get(i).score > points.get(i - 1).score)
          || !(points.get(i).log >= points.get(i - 1).log)) {
        throw new IllegalArgumentException(
            "scores must rise and ratios not fall, but %s follows %s"
                .formatted(points.get(i), points.get(i - 1)));
      }
    }
  }

  /** The straight line {@code slope · score + offset} (Platt 1999). */
  static Evidence line(double slope, double offset) {
    return new Evidence(
        List.of(
            new Point((-MAX_LOG - offset) / slope, -MAX_LOG),
            new Point((MAX_LOG - offset) / slope, MAX_LOG)));
  }

  /** The logarithm of the likelihood ratio. */
  public double log(double score) {
    int after = 0;
    while (after < points.size() && points.get(after).score < score) {
      after++;
    }
    if (after == 0) {
      return points.get(0).log;
    }
    if (after == points.size()) {
      return points.get(after - 1).log;
    }
    Point low = points.get(after - 1);
    Point high = points.get(after);
    double along = (score - low.score) / (high.score - low.score);
    return low.log + along * (high.log - low.log);
  }
}
