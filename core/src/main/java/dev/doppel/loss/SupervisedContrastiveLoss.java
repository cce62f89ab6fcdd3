package dev.doppel.loss;

import dev.doppel.error.OptionException;

/**
 * Supervised contrastive learning (Khosla et al. 2020, the form with the mean outside the
 * logarithm): for each anchor the mean over its positives of {@code −log(exp(s_ap/T) / Σ
 * exp(s/T))}, the sum over all other items.
 *
 * <p>An item without a positive is no anchor, but stays in the others' sums.
 *
 * @param similarity s
 * @param temperature T
 * @param reduction over anchors
 */
public record SupervisedContrastiveLoss(
    Similarity similarity, double temperature, Reduction reduction) implements AnchorLoss {

  public SupervisedContrastiveLoss {
    OptionException.require(temperature > 0, "loss.temperature", temperature, "above 0");
  }

  /** The mean over anchors, by cosine. */
  public static SupervisedContrastiveLoss withTemperature(double temperature) {
    return new SupervisedContrastiveLoss(Similarity.COSINE, temperature, Reduction.MEAN);
  }

  @Override
  public String name() {
    return "supervised contrastive";
  }

  @Override
  public Measure measure() {
    return similarity;
  }

  @Override
  public LossResult of(LabelledBatch batch, LabelledBatch memory, WhenEmpty whenEmpty) {
    return AnchorSum.of(this, reduction, batch, memory, whenEmpty, () -> this::anchor);
  }

  private void anchor(Neighbourhood of, float[] score, float[] slope, Tally tally) {
    int positives = of.positives();
    int anchor = of.anchor();
    if (positives == 0) {
      return;
    }
    double highest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < score.length; j++) {
      if (j != anchor) {
        highest = Math.max(highest, score[j]);
      }
    }
    double total = 0;
    for (int j = 0; j < score.length; j++) {
      if (j != anchor) {
        double e = Exponentials.share((score[j] - highest) / temperature);
        slope[j] = (float) e;
        total += e;
      }
    }
    float each = (float) (1 / total / temperature);
    for (int j = 0; j < score.length; j++) {
      slope[j] *= each;
    }
    double mean = 0;
    for (int p : of.positiveRows()) {
      mean += score[p] / temperature / positives;
      slope[p] -= (float) (1 / temperature / positives);
    }
    tally.possible += positives;
    tally.term(highest / temperature + Math.log(total) - mean, positives);
    tally.atCollapse += Math.log(score.length - 1);
  }
}
