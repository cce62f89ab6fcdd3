package dev.doppel.loss;

import dev.doppel.error.OptionException;
import dev.doppel.model.Embeddings;

/**
 * The contrastive loss of Hadsell, Chopra and LeCun 2006: {@code D²/2} for a pair of one class,
 * {@code max(0, m − D)²/2} for one of two.
 *
 * <p>Over every pair of a batch, each once; with a miner over the pairs that it keeps for each
 * anchor, which may be twice the same. At D = 0 the push has no direction, and its gradient is 0.
 *
 * @param distance D; the paper's is Euclidean. Squared it would be another loss, and is refused
 * @param margin m, beyond which pairs of two classes no longer push each other away
 * @param miner which pairs
 * @param reduction over pairs
 */
public record ContrastiveLoss(
    Distance distance, double margin, PairMiner miner, Reduction reduction) implements AnchorLoss {

  public ContrastiveLoss {
    OptionException.require(
        distance != Distance.SQUARED_EUCLIDEAN,
        "loss.distance",
        "squared_euclidean",
        "euclidean or manhattan, as the loss squares it itself");
    OptionException.require(margin > 0, "loss.margin", margin, "above 0");
  }

  /** The mean over every pair, by Euclidean distance. */
  public static ContrastiveLoss withMargin(double margin) {
    return new ContrastiveLoss(Distance.EUCLIDEAN, margin, PairMiner.all(), Reduction.MEAN);
  }

  @Override
  public String name() {
    return "contrastive";
  }

  @Override
  public Measure measure() {
    return distance;
  }

  @Override
  public LossResult of(LabelledBatch batch, LabelledBatch memory, WhenEmpty whenEmpty) {
    Classes classes = new Classes(batch.labels(), memory.labels());
    Scores.Term term =
        miner instanceof PairMiner.All
            ? (of, score, slope, tally) -> every(classes, of, score, slope, tally)
            : this::mined;
    return AnchorSum.of(this, reduction, batch, memory, whenEmpty, () -> term);
  }

  /** Each pair counts once, with the anchor of the lower row. */
  private void every(Classes classes, Neighbourhood of, float[] score, float[] slope, Tally tally) {
    int anchor = of.anchor();
    int own = classes.of[anchor];
    float m = (float) margin;
    double value = 0;
    int active = 0;
    int different = 0;
    for (int j = anchor + 1; j < score.length; j++) {
      float d = score[j];
      boolean same = classes.of[j] == own;
      float pull = same ? d : Math.min(0, d - m);
      value += pull * pull;
      slope[j] = pull;
      active += pull == 0 ? 0 : 1;
      different += same ? 0 : 1;
    }
    int pairs = score.length - anchor - 1;
    tally.possible += pairs;
    tally.tuples(value / 2, pairs, active);
    tally.atCollapse += different * margin * margin / 2;
  }

  private void mined(Neighbourhood of, float[] score, float[] slope, Tally tally) {
    tally.possible += of.positives() + of.negatives();
    miner.mine(
        of,
        (row, same) -> {
          double pull = pull(score[row], same);
          slope[row] = (float) pull;
          tally.term(pull * pull / 2, 1);
          tally.atCollapse += same ? 0 : margin * margin / 2;
        });
  }

  /** The derivative by the distance; the loss is half its square. */
  private double pull(double distance, boolean same) {
    return same ? distance : Math.min(0, distance - margin);
  }

  /** Value and gradient over given pairs. */
  public LossResult of(Embeddings embeddings, Pairs pairs, WhenEmpty whenEmpty) {
    Refusals.undefinedRows(name(), "embeddings", embeddings);
    TupleGradient sum = new TupleGradient(embeddings);
    for (int i = 0; i < pairs.count(); i++) {
      int one = pairs.first()[i];
      int other = pairs.second()[i];
      double d = sum.distance(distance, one, other);
      double pull = pull(d, pairs.same()[i]);
      sum.push(distance, pull, d, one, other);
      sum.term(pull * pull / 2, pairs.same()[i] ? 0 : margin * margin / 2);
    }
    return sum.result(reduction).checked(name(), whenEmpty);
  }
}
