package dev.doppel.network;

/**
 * A square two-dimensional convolution.
 *
 * @param filters output channels
 * @param kernel side of the window, in pixels
 * @param stride step of the window, in pixels
 * @param padding zeros added on each side, in pixels
 * @param bias whether each filter has a bias (not needed before a batch norm)
 */
public record Conv(int filters, int kernel, int stride, int padding, boolean bias) {

  public Conv {
    if (filters < 1 || kernel < 1 || stride < 1 || padding < 0) {
      throw new IllegalArgumentException(
          "convolution needs filters, kernel, stride >= 1 and padding >= 0, got "
              + filters
              + ", "
              + kernel
              + ", "
              + stride
              + ", "
              + padding);
    }
  }

  /** Stride 1, no padding, with bias: the form of Koch et al. 2015. */
  public static Conv valid(int filters, int kernel) {
    return new Conv(filters, kernel, 1, 0, true);
  }

  /** Stride 1, as many pixels out as in, without bias: the form that precedes a batch norm. */
  public static Conv same(int filters, int kernel) {
    return new Conv(filters, kernel, 1, kernel / 2, false);
  }

  /** The same with another stride. */
  public Conv withStride(int pixels) {
    return new Conv(filters, kernel, pixels, padding, bias);
  }

  /** Side of the output for an input of side {@code side}. */
  public int outputSide(int side) {
    return (side + 2 * padding - kernel) / stride + 1;
  }
}
