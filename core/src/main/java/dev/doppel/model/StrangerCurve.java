package dev.doppel.model;

import java.util.List;

/**
 * How high strangers score: the share of them that reaches a score with one label, and with any of
 * many.
 *
 * <p>A stranger is an image of something that is not enrolled. With one label of one image, the
 * share that reaches score {@code s} is {@code far(s)}: on the points, log-linear between them, and
 * above the last of them exponential, {@code far(last) · exp(−fall · (s − last))}, which is how a
 * tail ends that is neither bounded nor heavy (peaks over a threshold, Pickands 1975). The share
 * never reaches 0.
 *
 * <p>Strangers differ: who resembles one label resembles others too. With {@code a = evenness}, a
 * stranger's hazard of reaching {@code s} with a label is {@code h(s) · G}, where G differs between
 * strangers and has a gamma distribution of mean 1 and shape a. Hence
 *
 * <pre>
 *   far(s)    = 1 − (1 + h(s) / a)^−a
 *   far(s, N) = 1 − (1 + N · h(s) / a)^−a
 * </pre>
 *
 * <p>Large a means independent labels, {@code 1 − (1 − far(s))^N}. Where far(s, N) is small it
 * hardly depends on a, and is {@code N · far(s)}.
 *
 * <p>It holds for strangers and labels that come together as freely as they did where the curve was
 * measured. Labels that resemble each other more than those, such as characters of one alphabet
 * alone, let more strangers in. A label with several images scores their mean, which strangers
 * reach more seldom.
 *
 * <p>Immutable and thread-safe.
 *
 * @param points by rising score, their shares falling
 * @param fall how fast the logarithm of the share falls above the last point, per unit of score
 * @param evenness how evenly strangers share the false accepts; about 1 for characters
 */
public record StrangerCurve(List<Point> points, double fall, double evenness) {

  /** So even that labels are independent. */
  static final double INDEPENDENT = 1e6;

  /**
   * A point of the curve.
   *
   * @param score of a head; higher is closer
   * @param share of strangers that reach it with one label, above 0, at most 1
   */
  public record Point(double score, double share) {

    public Point {
      if (!Double.isFinite(score) || !(share > 0) || !(share <= 1)) {
        throw new IllegalArgumentException("a share of " + share + " at score " + score);
      }
    }
  }

  public StrangerCurve {
    points = List.copyOf(points);
    if (points.isEmpty() || !positive(fall) || !positive(evenness)) {
      throw new IllegalArgumentException(
          "a curve needs points and a positive fall and evenness, got %d, %s and %s"
              .formatted(points.size(), fall, evenness));
    }
    for (int i = 1; i < points.size(); i++) {
      if (!(points.get(i).score > points.get(i - 1).score)
          || !(points.get(i).share < points.get(i - 1).share)) {
        throw new IllegalArgumentException(
            "scores must rise and shares fall, but %s follows %s"
                .formatted(points.get(i), points.get(i - 1)));
      }
    }
  }

  private static boolean positive(double number) {
    return number > 0 && Double.isFinite(number);
  }

  /**
   * What can be said when only a likelihood ratio {@code exp(slope · s + offset)} is known:
   * whatever the distributions, at most one stranger in that many scores so high.
   */
  static StrangerCurve bound(double slope, double offset) {
    return new StrangerCurve(List.of(new Point(-offset / slope, 1)), slope, INDEPENDENT);
  }

  /** The share of strangers that reach this score with one label of one image. */
  public double share(double score) {
    return Math.exp(Math.min(0, logShare(score)));
  }

  private double logShare(double score) {
    int after = 0;
    while (after < points.size() && points.get(after).score < score) {
      after++;
    }
    Point last = points.get(points.size() - 1);
    if (after == points.size() || points.size() == 1) {
      return Math.log(last.share) - fall * (score - last.score);
    }
    Point high = points.get(Math.max(1, after)); // below the first point its line goes on
    Point low = points.get(Math.max(1, after) - 1);
    double along = (score - low.score) / (high.score - low.score);
    return Math.log(low.share) + along * (Math.log(high.share) - Math.log(low.share));
  }

  /**
   * The share of strangers that reach this score with at least one of so many labels.
   *
   * @param labels at least 1
   */
  public double share(double score, long labels) {
    double hazard = evenness * Math.expm1(-Math.log1p(-share(score)) / evenness);
    return -Math.expm1(-evenness * Math.log1p(labels * hazard / evenness));
  }

  /**
   * The lowest score that at most this share of strangers reaches with any of so many labels.
   *
   * @param share above 0 and below 1
   * @param labels at least 1
   */
  public double score(double share, long labels) {
    double hazard = evenness * Math.expm1(-Math.log1p(-share) / evenness) / labels;
    return score(-Math.expm1(-evenness * Math.log1p(hazard / evenness)));
  }

  /** The inverse of {@link #share(double)}. */
  private double score(double share) {
    int after = 0;
    while (after < points.size() && points.get(after).share > share) {
      after++;
    }
    Point last = points.get(points.size() - 1);
    if (after == points.size() || points.size() == 1) {
      return last.score + Math.log(last.share / share) / fall;
    }
    Point high = points.get(Math.max(1, after));
    Point low = points.get(Math.max(1, after) - 1);
    double along = Math.log(low.share / share) / Math.log(low.share / high.share);
    return low.score + along * (high.score - low.score);
  }

  /** The share below which the curve is a continuation of what was measured. */
  public double measuredDownTo() {
    return points.get(points.size() - 1).share;
  }
}
