package dev.doppel.torch;

import org.bytedeco.pytorch.Tensor;

/**
 * A loss that was computed outside libtorch, as a scalar that backpropagates the gradient which
 * came with it: the door through which {@link dev.doppel.loss} trains a network.
 */
final class GivenGradient {

  private GivenGradient() {}

  /**
   * A scalar of this value whose gradient by {@code rows} is as given.
   *
   * @param rows {@code [count, dim]}, 32 bits
   * @param gradient {@code [count, dim]}, row-major
   */
  static Tensor of(Tensor rows, double value, float[] gradient) {
    Tensor product = rows.mul(FloatTensors.of(gradient, rows.shape())).sum();
    // The product has the gradient but not the value; what is detached has no gradient.
    Tensor missing = FloatTensors.of(new float[] {(float) value}, 1).sum().sub(product.detach());
    return product.add(missing);
  }
}
