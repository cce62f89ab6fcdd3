package dev.doppel.loss;

import dev.doppel.error.OptionException;
import dev.doppel.model.Embeddings;

/**
 * The contrastive loss of Chopra, Hadsell and LeCun 2005, equation 9: {@code 2/Q E²} for a pair of
 * one class, {@code 2Q exp(−2.77/Q E)} for one of two, E the Manhattan distance.
 *
 * <p>E is not squared, or different pairs that coincide would get no push. Where a component is
 * equal its gradient is 0. Over every pair of a batch, each once.
 *
 * @param q Q, the upper bound of E, known where outputs are bounded
 * @param reduction over pairs
 */
public record ExponentialContrastiveLoss(double q, Reduction reduction) implements AnchorLoss {

  private static final double DECAY = 2.77;

  public ExponentialContrastiveLoss {
    OptionException.require(q > 0, "loss.q", q, "above 0");
  }

  @Override
  public String name() {
    return "exponential contrastive";
  }

  @Override
  public Measure measure() {
    return Distance.MANHATTAN;
  }

  @Override
  public LossResult of(LabelledBatch batch, LabelledBatch memory, WhenEmpty whenEmpty) {
    Classes classes = new Classes(batch.labels(), memory.labels());
    Scores.Term term = (of, score, slope, tally) -> every(classes, of, score, slope, tally);
    return AnchorSum.of(this, reduction, batch, memory, whenEmpty, () -> term);
  }

  /** Each pair counts once, with the anchor of the lower row. */
  private void every(Classes classes, Neighbourhood of, float[] score, float[] slope, Tally tally) {
    for (int j = of.anchor() + 1; j < score.length; j++) {
      boolean same = classes.of[j] == classes.of[of.anchor()];
      slope[j] = (float) slope(score[j], same);
      tally.possible++;
      tally.term(term(score[j], same), 1);
      tally.atCollapse += term(0, same);
    }
  }

  private double term(double energy, boolean same) {
    return same ? 2 / q * energy * energy : 2 * q * Math.exp(-DECAY / q * energy);
  }

  private double slope(double energy, boolean same) {
    return same ? 4 / q * energy : -2 * DECAY * Math.exp(-DECAY / q * energy);
  }

  /** Value and gradient over given pairs. */
  public LossResult of(Embeddings embeddings, Pairs pairs, WhenEmpty whenEmpty) {
    Refusals.undefinedRows(name(), "embeddings", embeddings);
    TupleGradient sum = new TupleGradient(embeddings);
    for (int i = 0; i < pairs.count(); i++) {
      int one = pairs.first()[i];
      int other = pairs.second()[i];
      boolean same = pairs.same()[i];
      double energy = sum.distance(Distance.MANHATTAN, one, other);
      sum.push(Distance.MANHATTAN, slope(energy, same), energy, one, other);
      sum.term(term(energy, same), term(0, same));
    }
    return sum.result(reduction).checked(name(), whenEmpty);
  }
}
