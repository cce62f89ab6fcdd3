package dev.doppel.loss;

import dev.doppel.error.OptionException;

/**
 * The N-pair loss (Sohn 2016): with one anchor and one positive a class, the mean of {@code log(1 +
 * Σⱼ exp(aᵢ·pⱼ − aᵢ·pᵢ))}, j the other classes.
 *
 * <p>The pair of a class is its first two rows; further ones take no part. Dot products, as in the
 * paper, which keeps embeddings short by a penalty instead of dividing them by their length.
 *
 * @param l2 penalty: {@code l2/4 (mean |a|² + mean |p|²)} is added; the authors have 0.02
 * @param reduction over classes
 */
public record NPairLoss(double l2, Reduction reduction) implements BatchLoss {

  public NPairLoss {
    OptionException.require(l2 >= 0, "loss.l2", l2, "0 or more");
  }

  /** The mean, without a penalty. */
  public static NPairLoss plain() {
    return new NPairLoss(0, Reduction.MEAN);
  }

  @Override
  public String name() {
    return "n-pair";
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
      anchor(i, pairs.count(), scores.score[i], scores.slope[i], tally);
    }
    float[] gradient = pairs.spread(scores.gradient(1.0 / tally.divisor(reduction)));
    LossResult result = tally.result(reduction, gradient);
    double penalty = l2 == 0 ? 0 : penalty(batch, pairs, gradient);
    return new LossResult(
            result.value() + penalty, gradient, result.counts(), result.atCollapse() + penalty)
        .checked(name(), whenEmpty);
  }

  private static void anchor(int i, int pairs, float[] score, float[] slope, Tally tally) {
    double own = score[pairs + i];
    double highest = 0;
    for (int j = 0; j < pairs; j++) {
      highest = Math.max(highest, score[pairs + j] - own);
    }
    double total = 0;
    for (int j = 0; j < pairs; j++) {
      double e = Exponentials.share(score[pairs + j] - own - highest);
      slope[pairs + j] = (float) e;
      total += e;
    }
    for (int j = 0; j < pairs; j++) {
      slope[pairs + j] /= (float) total;
    }
    slope[pairs + i] -= 1;
    tally.possible++;
    tally.term(highest + Math.log(total), 1);
    tally.atCollapse += Math.log(pairs);
  }

  private double penalty(LabelledBatch batch, PairedRows pairs, float[] gradient) {
    float[] values = batch.embeddings().values();
    int dim = batch.embeddings().dim();
    double sum = 0;
    for (int i = 0; i < pairs.count(); i++) {
      for (int row : new int[] {pairs.anchors[i], pairs.positives[i]}) {
        for (int k = row * dim; k < (row + 1) * dim; k++) {
          sum += (double) values[k] * values[k];
          gradient[k] += (float) (l2 / 2 * values[k] / pairs.count());
        }
      }
    }
    return pairs.count() == 0 ? 0 : l2 / 4 * sum / pairs.count();
  }
}
