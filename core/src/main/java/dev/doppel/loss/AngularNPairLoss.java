package dev.doppel.loss;

import dev.doppel.error.OptionException;

/**
 * The angular loss in N-pair form (Wang et al. 2017): with one pair (a, p) a class, the mean of
 * {@code log(1 + Σₙ exp(4t (a + p)·n − 2(1 + t) a·p))}, {@code t = tan²α}.
 *
 * <p>The pair of a class is its first two rows; further ones take no part.
 *
 * @param alpha α in degrees
 * @param negatives what n runs over
 * @param reduction over classes
 */
public record AngularNPairLoss(double alpha, Negatives negatives, Reduction reduction)
    implements BatchLoss {

  /** What a pair is compared with. */
  public enum Negatives {
    /** The positives of the other pairs, as in the N-pair loss. */
    POSITIVES,
    /** The anchors and the positives of the other pairs. */
    BOTH
  }

  public AngularNPairLoss {
    OptionException.require(alpha > 0 && alpha < 90, "loss.alpha", alpha, "between 0 and 90");
  }

  /** The mean over pairs, compared with the other pairs' positives. */
  public static AngularNPairLoss withAlpha(double degrees) {
    return new AngularNPairLoss(degrees, Negatives.POSITIVES, Reduction.MEAN);
  }

  /**
   * N-pair plus λ times this: the form that the paper trains with, at λ = 2 and α = 45.
   *
   * @param lambda λ
   */
  public BatchLoss withNPair(double lambda) {
    return new WeightedSum(new NPairLoss(0, reduction), lambda, this);
  }

  @Override
  public String name() {
    return "angular n-pair";
  }

  @Override
  public Measure measure() {
    return Similarity.DOT;
  }

  @Override
  public LossResult of(LabelledBatch batch, WhenEmpty whenEmpty) {
    Refusals.undefinedRows(name(), "a batch", batch.embeddings());
    PairedRows pairs = new PairedRows(batch);
    Scores scores = pairs.scores();
    Tally tally = new Tally();
    for (int i = 0; i < pairs.count() && pairs.count() > 1; i++) {
      pair(i, pairs.count(), scores, tally);
    }
    tally.atCollapse = Double.NaN; // depends on how long the embeddings are
    float[] gradient = pairs.spread(scores.gradient(1.0 / tally.divisor(reduction)));
    return tally.result(reduction, gradient).checked(name(), whenEmpty);
  }

  private void pair(int i, int pairs, Scores scores, Tally tally) {
    double t = AngularTripletLoss.tanSquared(alpha);
    float[] a = scores.score[i];
    float[] p = scores.score[pairs + i];
    int first = negatives == Negatives.BOTH ? 0 : pairs;
    double base = -2 * (1 + t) * a[pairs + i];
    double highest = 0;
    for (int n = first; n < 2 * pairs; n++) {
      if (n % pairs != i) {
        highest = Math.max(highest, base + 4 * t * (a[n] + p[n]));
      }
    }
    double total = Exponentials.share(-highest);
    for (int n = first; n < 2 * pairs; n++) {
      if (n % pairs != i) {
        total += Exponentials.share(base + 4 * t * (a[n] + p[n]) - highest);
      }
    }
    double pushed = 0;
    for (int n = first; n < 2 * pairs; n++) {
      if (n % pairs != i) {
        double share = Exponentials.share(base + 4 * t * (a[n] + p[n]) - highest) / total;
        scores.slope[i][n] += (float) (4 * t * share);
        scores.slope[pairs + i][n] += (float) (4 * t * share);
        pushed += share;
      }
    }
    scores.slope[i][pairs + i] -= (float) (2 * (1 + t) * pushed);
    tally.possible++;
    tally.term(highest + Math.log(total), 1);
  }
}
