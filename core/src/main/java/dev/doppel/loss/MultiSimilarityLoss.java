package dev.doppel.loss;

import dev.doppel.error.OptionException;

/**
 * Multi-similarity (Wang et al. 2019): for each item {@code 1/α log(1 + Σₚ exp(−α(s − base))) + 1/β
 * log(1 + Σₙ exp(β(s − base)))}, over the positives and negatives that a miner keeps.
 *
 * @param similarity s
 * @param alpha α, how much the worst positive counts before the others
 * @param beta β, how much the worst negative does
 * @param base the similarity that positives should exceed and negatives stay below
 * @param miner which pairs; the paper has {@link MultiSimilarityMiner} with ε = 0.1
 * @param reduction over items; all of them, with or without a pair
 */
public record MultiSimilarityLoss(
    Similarity similarity,
    double alpha,
    double beta,
    double base,
    PairMiner miner,
    Reduction reduction)
    implements AnchorLoss {

  public MultiSimilarityLoss {
    OptionException.require(alpha > 0, "loss.alpha", alpha, "above 0");
    OptionException.require(beta > 0, "loss.beta", beta, "above 0");
    OptionException.require(Double.isFinite(base), "loss.base", base, "a number");
  }

  /** As the paper has it: cosines, α = 2, β = 50, base 0.5, mined with ε = 0.1. */
  public static MultiSimilarityLoss defaults() {
    return new MultiSimilarityLoss(
        Similarity.COSINE, 2, 50, 0.5, new MultiSimilarityMiner(0.1), Reduction.MEAN);
  }

  /** The same with other pairs. */
  public MultiSimilarityLoss withMiner(PairMiner other) {
    return new MultiSimilarityLoss(similarity, alpha, beta, base, other, reduction);
  }

  @Override
  public String name() {
    return "multi-similarity";
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
    double term;
    int selected;
    if (miner instanceof PairMiner.All) {
      selected = of.positives() + of.negatives();
      term =
          side(of.positiveRows(), of.positives(), -alpha, score, slope)
              + side(of.negativeRows(), of.negatives(), beta, score, slope);
    } else {
      IntList positives = new IntList();
      IntList negatives = new IntList();
      miner.mine(of, (row, same) -> (same ? positives : negatives).add(row));
      selected = positives.size() + negatives.size();
      term =
          side(positives.toArray(), positives.size(), -alpha, score, slope)
              + side(negatives.toArray(), negatives.size(), beta, score, slope);
    }
    tally.possible += of.positives() + of.negatives();
    tally.term(term, selected);
    tally.atCollapse += atCollapse(of.positives(), of.negatives());
  }

  /** When all cosines are 1, mining keeps everything of an anchor that has both kinds. */
  private double atCollapse(int positives, int negatives) {
    if (similarity != Similarity.COSINE) {
      return Double.NaN;
    }
    boolean kept = miner instanceof PairMiner.All || (positives > 0 && negatives > 0);
    return kept ? atOne(positives, alpha, base - 1) + atOne(negatives, beta, 1 - base) : 0;
  }

  /** {@code 1/|factor| log(1 + Σ exp(factor (s − base)))}, and its slopes. */
  private double side(int[] rows, int count, double factor, float[] score, float[] slope) {
    double highest = 0;
    for (int i = 0; i < count; i++) {
      highest = Math.max(highest, factor * (score[rows[i]] - base));
    }
    double total = Exponentials.share(-highest);
    for (int i = 0; i < count; i++) {
      double e = Exponentials.share(factor * (score[rows[i]] - base) - highest);
      slope[rows[i]] = (float) e;
      total += e;
    }
    float each = (float) (Math.signum(factor) / total);
    for (int i = 0; i < count; i++) {
      slope[rows[i]] *= each;
    }
    double log = highest == 0 ? Math.log1p(total - 1) : highest + Math.log(total);
    return log / Math.abs(factor);
  }

  private static double atOne(int count, double factor, double beyond) {
    return count == 0 ? 0 : Exponentials.softplus(Math.log(count) + factor * beyond) / factor;
  }
}
