package dev.doppel.loss;

import dev.doppel.error.OptionException;

/**
 * One loss plus a multiple of another, over the same batch.
 *
 * @param first counts once
 * @param weight by which the second is multiplied
 * @param second compares embeddings by the same measure
 */
public record WeightedSum(BatchLoss first, double weight, BatchLoss second) implements BatchLoss {

  public WeightedSum {
    OptionException.require(weight > 0, "loss.weight", weight, "above 0");
    OptionException.require(
        first.measure() == second.measure(),
        "loss.measure",
        second.measure(),
        first.measure() + ", as that of the first loss");
  }

  @Override
  public String name() {
    return first.name() + " and " + second.name();
  }

  @Override
  public Measure measure() {
    return first.measure();
  }

  @Override
  public LossResult of(LabelledBatch batch, WhenEmpty whenEmpty) {
    LossResult one = first.of(batch, whenEmpty);
    LossResult other = second.of(batch, whenEmpty);
    float[] gradient = new float[one.gradient().length];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (float) (one.gradient()[i] + weight * other.gradient()[i]);
    }
    return new LossResult(
            one.value() + weight * other.value(),
            gradient,
            one.counts().plus(other.counts()),
            one.atCollapse() + weight * other.atCollapse())
        .checked(name(), whenEmpty);
  }
}
