package dev.doppel.loss;

import dev.doppel.error.OptionException;

/**
 * Lifted structure (Oh Song et al. 2016): {@code max(0, J)²/2} over unordered pairs of one class,
 * {@code J = D_ij + log(Σ exp(m − D_ik) + Σ exp(m − D_jl))}, the sums over the negatives of either.
 *
 * <p>D is the Euclidean distance. Pairs without a negative have no J.
 *
 * @param margin m
 * @param reduction over pairs
 */
public record LiftedStructureLoss(double margin, Reduction reduction) implements BatchLoss {

  public LiftedStructureLoss {
    OptionException.require(margin > 0, "loss.margin", margin, "above 0");
  }

  @Override
  public String name() {
    return "lifted structure";
  }

  @Override
  public Measure measure() {
    return Distance.EUCLIDEAN;
  }

  @Override
  public LossResult of(LabelledBatch batch, WhenEmpty whenEmpty) {
    Refusals.undefinedRows(name(), "a batch", batch.embeddings());
    LabelledBatch none = LabelledBatch.none(batch.embeddings().dim());
    Scores scores = new Scores(measure(), batch.embeddings(), none.embeddings());
    Classes classes = new Classes(batch.labels(), none.labels());
    double[] logs = new double[batch.count()];
    scores.sum(
        classes,
        batch.seed(),
        (of, score, slope, tally) -> logs[of.anchor()] = negatives(of, score, slope));
    Tally tally =
        scores.sum(
            classes,
            batch.seed(),
            (of, score, slope, part) -> positives(classes, logs, of, score, slope, part));
    float[] gradient = scores.gradient(1.0 / tally.divisor(reduction));
    return tally.result(reduction, gradient).checked(name(), whenEmpty);
  }

  /** The log of an item's sum over negatives; their shares of it go to the slopes for now. */
  private double negatives(Neighbourhood of, float[] score, float[] slope) {
    int[] rows = of.negativeRows();
    double highest = Double.NEGATIVE_INFINITY;
    for (int n = 0; n < of.negatives(); n++) {
      highest = Math.max(highest, margin - score[rows[n]]);
    }
    double total = 0;
    for (int n = 0; n < of.negatives(); n++) {
      double e = Exponentials.share(margin - score[rows[n]] - highest);
      slope[rows[n]] = (float) e;
      total += e;
    }
    for (int n = 0; n < of.negatives(); n++) {
      slope[rows[n]] = (float) (slope[rows[n]] / total);
    }
    return of.negatives() == 0 ? highest : highest + Math.log(total);
  }

  /** Both items of a pair see it; each moves its own negatives, the first counts it. */
  private void positives(
      Classes classes, double[] logs, Neighbourhood of, float[] score, float[] slope, Tally tally) {
    int anchor = of.anchor();
    double pushed = 0;
    if (of.negatives() > 0) {
      for (int p : of.positiveRows()) {
        double log = Exponentials.logAdd(logs[anchor], logs[p]);
        double j = Math.max(0, score[p] + log);
        pushed += j * Math.exp(logs[anchor] - log);
        if (p > anchor) {
          slope[p] = (float) j;
          tally.possible++;
          tally.term(j * j / 2, 1);
          double collapsed = margin + Math.log(of.negatives() + classes.negatives(p));
          tally.atCollapse += collapsed * collapsed / 2;
        }
      }
    }
    for (int n = 0; n < of.negatives(); n++) {
      slope[of.negativeRows()[n]] *= (float) -pushed;
    }
  }
}
