package dev.doppel.eval;

import dev.doppel.episode.Relation;
import dev.doppel.error.DataException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The trade of false accepts against true accepts over all thresholds (receiver operating
 * characteristic).
 *
 * <p>A pair is accepted as the same at a score equal to the threshold or above; higher is closer.
 * Immutable and thread-safe.
 */
public final class Roc {

  /**
   * One threshold with its rates.
   *
   * @param threshold accept at this score or above; infinite where nothing is accepted
   * @param far share of different pairs accepted
   * @param tar share of same pairs accepted
   */
  public record Point(double threshold, double far, double tar) {}

  /**
   * Thresholds that decide alike.
   *
   * @param included the highest of them; infinite if none accepts anything
   * @param excluded the highest score they reject; minus infinity if they reject nothing
   */
  public record Range(double included, double excluded) {

    /** A finite threshold of the range, halfway where it has two ends. */
    public double middle() {
      if (Double.isInfinite(included)) {
        return Math.nextUp(excluded);
      }
      if (Double.isInfinite(excluded)) {
        return included;
      }
      double middle = excluded + (included - excluded) / 2;
      return middle > excluded ? middle : included;
    }
  }

  private final int same;
  private final int different;

  /** By falling threshold; entry 0 accepts nothing. */
  private final double[] thresholds;

  private final int[] trueAccepts;
  private final int[] falseAccepts;

  /**
   * @param pairs scores of pairs of both kinds, in any order
   * @throws DataException if one kind is missing
   */
  public Roc(List<Scored> pairs) {
    this.same = (int) pairs.stream().filter(p -> p.relation() == Relation.SAME).count();
    this.different = pairs.size() - same;
    if (same == 0 || different == 0) {
      throw new DataException(
          "%d same and %d different pairs".formatted(same, different),
          "A threshold needs pairs of both kinds",
          "Draw more pairs");
    }
    List<Scored> sorted =
        pairs.stream().sorted(Comparator.comparingDouble(Scored::score).reversed()).toList();
    int count = 1 + (int) sorted.stream().mapToDouble(Scored::score).distinct().count();
    this.thresholds = new double[count];
    this.trueAccepts = new int[count];
    this.falseAccepts = new int[count];
    thresholds[0] = Double.POSITIVE_INFINITY;
    int at = 0;
    for (Scored pair : sorted) {
      if (at == 0 || pair.score() != thresholds[at]) {
        at++;
        thresholds[at] = pair.score();
        trueAccepts[at] = trueAccepts[at - 1];
        falseAccepts[at] = falseAccepts[at - 1];
      }
      if (pair.relation() == Relation.SAME) {
        trueAccepts[at]++;
      } else {
        falseAccepts[at]++;
      }
    }
  }

  /** Every operating point, from "accept nothing" to "accept everything". */
  public List<Point> points() {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < thresholds.length; i++) {
      points.add(point(i));
    }
    return points;
  }

  private Point point(int i) {
    return new Point(thresholds[i], far(i), (double) trueAccepts[i] / same);
  }

  private double far(int i) {
    return (double) falseAccepts[i] / different;
  }

  /** The area under the curve: how often a same pair scores above a different one, ties half. */
  public double auc() {
    double area = 0;
    for (int i = 1; i < thresholds.length; i++) {
      area +=
          (double) (falseAccepts[i] - falseAccepts[i - 1]) * (trueAccepts[i] + trueAccepts[i - 1]);
    }
    return area / 2 / same / different;
  }

  /** The equal error rate, where the polygon through all points meets FAR = 1 − TAR. */
  public double eer() {
    int after = firstBeyondEqual();
    double before = excess(after - 1);
    double share = -before / (excess(after) - before);
    return far(after - 1) + share * (far(after) - far(after - 1));
  }

  /** The threshold at which false accepts and false rejects are most nearly equal. */
  public double eerThreshold() {
    int after = firstBeyondEqual();
    boolean nearer = after > 1 && -excess(after - 1) < excess(after);
    return thresholds[nearer ? after - 1 : after];
  }

  /** FAR − FRR: rises from −1 to 1. */
  private double excess(int i) {
    return (double) falseAccepts[i] / different + (double) trueAccepts[i] / same - 1;
  }

  private int firstBeyondEqual() {
    int i = 1;
    while (excess(i) < 0) {
      i++;
    }
    return i;
  }

  /**
   * The best point with at most this share of false accepts, without interpolation; of equally good
   * ones the strictest.
   *
   * @param limit highest false accept rate allowed, 0 to 1
   */
  public Point atFar(double limit) {
    int best = 0;
    for (int i = 1; i < thresholds.length && far(i) <= limit; i++) {
      if (trueAccepts[i] > trueAccepts[best]) {
        best = i;
      }
    }
    return point(best);
  }

  /** The highest share of right decisions any threshold reaches. */
  public double bestAccuracy() {
    return (double) bestCorrect() / (same + different);
  }

  /** The number of right decisions at the best threshold. */
  int bestCorrect() {
    int best = 0;
    for (int i = 0; i < thresholds.length; i++) {
      best = Math.max(best, correct(i));
    }
    return best;
  }

  private int correct(int i) {
    return trueAccepts[i] + different - falseAccepts[i];
  }

  /** All thresholds with the best accuracy, strictest first. */
  public List<Range> bestThresholds() {
    List<Range> ranges = new ArrayList<>();
    int best = bestCorrect();
    for (int i = 0; i < thresholds.length; i++) {
      if (correct(i) == best) {
        boolean last = i == thresholds.length - 1;
        ranges.add(new Range(thresholds[i], last ? Double.NEGATIVE_INFINITY : thresholds[i + 1]));
      }
    }
    return ranges;
  }

  /**
   * One threshold with the best accuracy: the middle of the widest of {@link #bestThresholds()}
   * that has two ends, since it leaves the most room on both sides; of equally wide ones the
   * strictest.
   */
  public double bestThreshold() {
    List<Range> ranges = bestThresholds();
    Range best = ranges.get(0);
    double width = -1;
    for (Range range : ranges) {
      double gap = range.included() - range.excluded();
      if (Double.isFinite(gap) && gap > width) {
        best = range;
        width = gap;
      }
    }
    return best.middle();
  }
}
