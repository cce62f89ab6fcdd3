package dev.doppel.loss;

import dev.doppel.error.OptionException;
import dev.doppel.model.Embeddings;

/**
 * The angular loss of one triplet (Wang et al. 2017): {@code max(0, |a − p|² − 4 tan²α |n − c|²)},
 * {@code c = (a + p)/2}, over given triplets or over all of a batch.
 *
 * <p>It has no margin: scaled embeddings have a scaled loss, and the same triplets at 0. When all
 * embeddings are the same it is 0, so collapse does not show in its value.
 *
 * @param alpha α in degrees, the largest angle at the negative that costs nothing
 * @param reduction over triplets
 */
public record AngularTripletLoss(double alpha, Reduction reduction) implements BatchLoss {

  public AngularTripletLoss {
    OptionException.require(alpha > 0 && alpha < 90, "loss.alpha", alpha, "between 0 and 90");
  }

  static double tanSquared(double degrees) {
    double tan = Math.tan(Math.toRadians(degrees));
    return tan * tan;
  }

  /**
   * What the hinge is of: {@code 4|n − c|² = 2|a − n|² + 2|p − n|² − |a − p|²}, so it is linear in
   * the three squares.
   */
  static double inside(double t, double across, double one, double other) {
    return (1 + t) * across - 2 * t * (one + other);
  }

  @Override
  public String name() {
    return "angular triplet";
  }

  @Override
  public Measure measure() {
    return Distance.SQUARED_EUCLIDEAN;
  }

  @Override
  public LossResult of(LabelledBatch batch, WhenEmpty whenEmpty) {
    Refusals.undefinedRows(name(), "a batch", batch.embeddings());
    LabelledBatch none = LabelledBatch.none(batch.embeddings().dim());
    Scores scores = new Scores(measure(), batch.embeddings(), none.embeddings());
    double t = tanSquared(alpha);
    Tally tally =
        scores.sum(
            new Classes(batch.labels(), none.labels()),
            batch.seed(),
            (of, score, slope, part) -> {
              part.possible += (long) of.positives() * of.negatives();
              for (int p : of.positiveRows()) {
                pair(of, p, t, score, scores.score[p], slope, part);
              }
            });
    float[] gradient = scores.gradient(1.0 / tally.divisor(reduction));
    return tally.result(reduction, gradient).checked(name(), whenEmpty);
  }

  /**
   * Anchor and positive change places without changing a term, so each order writes the slopes of
   * its own anchor's negatives, twice over, and nothing of the other's.
   */
  private static void pair(
      Neighbourhood of, int p, double t, float[] own, float[] other, float[] slope, Tally tally) {
    int[] rows = of.negativeRows();
    double value = 0;
    int active = 0;
    for (int n = 0; n < of.negatives(); n++) {
      double inside = inside(t, own[p], own[rows[n]], other[rows[n]]);
      if (inside > 0) {
        value += inside;
        active++;
        slope[rows[n]] -= (float) (4 * t);
      }
    }
    slope[p] += (float) ((1 + t) * active);
    tally.tuples(value, of.negatives(), active);
  }

  /** Value and gradient over given triplets. */
  public LossResult of(Embeddings embeddings, Triplets triplets, WhenEmpty whenEmpty) {
    Refusals.undefinedRows(name(), "embeddings", embeddings);
    TupleGradient sum = new TupleGradient(embeddings);
    double t = tanSquared(alpha);
    Distance square = Distance.SQUARED_EUCLIDEAN;
    for (int i = 0; i < triplets.count(); i++) {
      int a = triplets.anchors()[i];
      int p = triplets.positives()[i];
      int n = triplets.negatives()[i];
      double across = sum.distance(square, a, p);
      double one = sum.distance(square, a, n);
      double other = sum.distance(square, p, n);
      double inside = inside(t, across, one, other);
      if (inside > 0) {
        sum.push(square, 1 + t, across, a, p);
        sum.push(square, -2 * t, one, a, n);
        sum.push(square, -2 * t, other, p, n);
      }
      sum.term(Math.max(0, inside), 0);
    }
    return sum.result(reduction).checked(name(), whenEmpty);
  }
}
