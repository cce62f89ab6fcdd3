package dev.doppel.loss;

import dev.doppel.error.OptionException;

/**
 * NT-Xent, the loss of SimCLR (Chen et al. 2020): {@code −log(exp(s_ap/T) / (exp(s_ap/T) + Σₙ
 * exp(s_an/T)))}, over ordered pairs of one class.
 *
 * <p>The paper has two views an item; where a class has more, each pair is a term, and the anchor's
 * other positives are left out of its denominator.
 *
 * @param similarity s
 * @param temperature T
 * @param reduction over ordered pairs
 */
public record NtXentLoss(Similarity similarity, double temperature, Reduction reduction)
    implements AnchorLoss {

  public NtXentLoss {
    OptionException.require(temperature > 0, "loss.temperature", temperature, "above 0");
  }

  /** The mean over pairs, by cosine. */
  public static NtXentLoss withTemperature(double temperature) {
    return new NtXentLoss(Similarity.COSINE, temperature, Reduction.MEAN);
  }

  @Override
  public String name() {
    return "nt-xent";
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
    int negatives = of.negatives();
    if (positives == 0 || negatives == 0) {
      return;
    }
    int[] rows = of.negativeRows();
    double highest = Double.NEGATIVE_INFINITY;
    for (int n = 0; n < negatives; n++) {
      highest = Math.max(highest, score[rows[n]]);
    }
    double total = 0;
    for (int n = 0; n < negatives; n++) {
      double e = Exponentials.share((score[rows[n]] - highest) / temperature);
      slope[rows[n]] = (float) e;
      total += e;
    }
    double log = highest / temperature + Math.log(total);
    double pushed = 0;
    for (int p : of.positiveRows()) {
      double behind = log - score[p] / temperature;
      double share = Exponentials.sigmoid(behind);
      slope[p] = (float) (-share / temperature);
      pushed += share;
      tally.term(Exponentials.softplus(behind), 1);
    }
    float each = (float) (pushed / total / temperature);
    for (int n = 0; n < negatives; n++) {
      slope[rows[n]] *= each;
    }
    tally.possible += positives;
    tally.atCollapse += positives * Math.log1p(negatives);
  }
}
