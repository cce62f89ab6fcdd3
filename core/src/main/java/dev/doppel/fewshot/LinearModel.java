package dev.doppel.fewshot;

import dev.doppel.model.Embeddings;
import java.util.Arrays;

/**
 * Numbers that are linear in an embedding: {@code weights · x + bias}, as it was fitted.
 *
 * <p>Immutable by promise: nobody writes to its arrays.
 *
 * @param space how rows are looked at before
 * @param weights {@code [outputs][dim]}
 * @param bias {@code [outputs]}
 * @param penalty on the squares of the weights, as given or chosen
 * @param heldOut error on examples that were left out while fitting, per example; NaN if none were
 */
public record LinearModel(
    Space space, double[][] weights, double[] bias, double penalty, double heldOut) {

  /** The outputs for each row, {@code [count][outputs]}. */
  public double[][] of(Embeddings rows) {
    double[][] points = space.points(rows);
    double[][] outputs = new double[points.length][weights.length];
    for (int i = 0; i < points.length; i++) {
      for (int o = 0; o < weights.length; o++) {
        outputs[i][o] = bias[o] + Dense.dot(weights[o], points[i]);
      }
    }
    return outputs;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LinearModel that
        && space == that.space
        && Arrays.deepEquals(weights, that.weights)
        && Arrays.equals(bias, that.bias)
        && penalty == that.penalty;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.deepHashCode(weights) + Arrays.hashCode(bias);
  }

  @Override
  public String toString() {
    return "LinearModel[%d outputs, penalty %s, held out %s]"
        .formatted(weights.length, penalty, heldOut);
  }
}
