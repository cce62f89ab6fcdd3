package dev.doppel.torch;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * A running average of a network's weights and statistics (Polyak averaging), which recognises
 * better than any single step's.
 *
 * <p>Early on it forgets faster, so that the first steps do not linger: the share of the old after
 * t steps is {@code min(share, (1 + t) / (10 + t))}.
 */
final class AverageWeights implements AutoCloseable {

  private final double share;
  private final Map<String, Tensor> average = new LinkedHashMap<>();

  AverageWeights(Map<String, Tensor> weights, double share) {
    this.share = share;
    weights.forEach(
        (name, tensor) -> {
          Tensor copy = tensor.detach().clone();
          copy.retainReference();
          average.put(name, copy);
        });
  }

  /**
   * Takes in the weights after a step.
   *
   * @param each goes through the weights
   */
  void update(Map<String, Tensor> weights, long steps, EachTensor each) {
    double old = Math.min(share, (1.0 + steps) / (10.0 + steps));
    each.forEach(
        weights,
        (name, tensor) ->
            Objects.requireNonNull(average.get(name), name)
                .lerp_(tensor.detach(), new Scalar(1 - old)));
  }

  Map<String, Tensor> tensors() {
    return average;
  }

  @Override
  public void close() {
    average.values().forEach(Tensor::releaseReference);
  }
}
