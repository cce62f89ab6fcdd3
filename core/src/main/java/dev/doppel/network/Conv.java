package dev.doppel.network;

/**
 * A two-dimensional convolution.
 *
 * @param filters output channels
 * @param height height of the window, in pixels
 * @param width width of the window, in pixels
 * @param stride step of the window along both axes, in pixels
 * @param padding zeros added on each side, in pixels
 * @param groups parts that the channels fall into, each with filters of its own
 * @param bias whether each filter has a bias (not needed before a batch norm)
 */
public record Conv(
    int filters, int height, int width, int stride, int padding, int groups, boolean bias) {

  public Conv {
    if (filters < 1 || height < 1 || width < 1 || stride < 1 || padding < 0) {
      throw new IllegalArgumentException(
          "convolution needs filters, height, width, stride >= 1 and padding >= 0, got "
              + filters
              + ", "
              + height
              + ", "
              + width
              + ", "
              + stride
              + ", "
              + padding);
    }
    if (groups < 1 || filters % groups != 0) {
      throw new IllegalArgumentException(
          "convolution needs groups that divide its filters, got " + groups + " of " + filters);
    }
  }

  /** A square window over all channels. */
  public Conv(int filters, int kernel, int stride, int padding, boolean bias) {
    this(filters, kernel, kernel, stride, padding, 1, bias);
  }

  /** Stride 1, no padding, with bias: the form of Koch et al. 2015. */
  public static Conv valid(int filters, int kernel) {
    return new Conv(filters, kernel, 1, 0, true);
  }

  /** Stride 1, as many pixels out as in, without bias: the form that precedes a batch norm. */
  public static Conv same(int filters, int kernel) {
    return new Conv(filters, kernel, 1, kernel / 2, false);
  }

  /** One filter a channel, stride 1, no padding, without bias. */
  public static Conv depthwise(int channels, int kernel) {
    return new Conv(channels, kernel, kernel, 1, 0, channels, false);
  }

  /** The same with another stride. */
  public Conv withStride(int pixels) {
    return new Conv(filters, height, width, pixels, padding, groups, bias);
  }

  /** The same with zeros around it. */
  public Conv withPadding(int pixels) {
    return new Conv(filters, height, width, stride, pixels, groups, bias);
  }

  /** Height of the output for an input of height {@code pixels}. */
  public int outputHeight(int pixels) {
    return output(pixels, height);
  }

  /** Width of the output for an input of width {@code pixels}. */
  public int outputWidth(int pixels) {
    return output(pixels, width);
  }

  private int output(int pixels, int kernel) {
    return (pixels + 2 * padding - kernel) / stride + 1;
  }
}
