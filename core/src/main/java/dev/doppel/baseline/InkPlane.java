package dev.doppel.baseline;

import dev.doppel.image.Image;

/**
 * How much ink each pixel holds: 0 for white paper, 1 for black. Immutable by promise: nobody
 * writes to {@code ink}.
 *
 * @param width columns
 * @param height rows
 * @param ink row-major
 */
record InkPlane(int width, int height, double[] ink) {

  /** The mean of the channels, turned round. */
  static InkPlane of(Image image) {
    int width = image.width();
    int height = image.height();
    double[] ink = new double[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int sum = 0;
        for (int channel = 0; channel < image.channels(); channel++) {
          sum += image.sample(x, y, channel);
        }
        ink[y * width + x] = 1 - sum / (255.0 * image.channels());
      }
    }
    return new InkPlane(width, height, ink);
  }

  /** Moved by whole pixels so that the ink's centroid falls on the middle; what leaves is lost. */
  InkPlane centred() {
    double sum = 0;
    double sumX = 0;
    double sumY = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double here = ink[y * width + x];
        sum += here;
        sumX += here * x;
        sumY += here * y;
      }
    }
    if (sum == 0) {
      return this;
    }
    int right = (int) Math.rint((width - 1) / 2.0 - sumX / sum);
    int down = (int) Math.rint((height - 1) / 2.0 - sumY / sum);
    double[] moved = new double[ink.length];
    for (int y = Math.max(0, -down); y < Math.min(height, height - down); y++) {
      for (int x = Math.max(0, -right); x < Math.min(width, width - right); x++) {
        moved[(y + down) * width + x + right] = ink[y * width + x];
      }
    }
    return new InkPlane(width, height, moved);
  }

  /** Blurred by a Gaussian cut off at four sigma; beyond the border is paper. */
  InkPlane blurred(double sigma) {
    int radius = (int) Math.ceil(4 * sigma);
    double[] kernel = new double[2 * radius + 1];
    double sum = 0;
    for (int i = -radius; i <= radius; i++) {
      kernel[i + radius] = Math.exp(-i * i / (2 * sigma * sigma));
      sum += kernel[i + radius];
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= sum;
    }
    double[] rows = convolved(ink, kernel, 1, width, height, width);
    return new InkPlane(width, height, convolved(rows, kernel, width, height, width, 1));
  }

  /** One pass along lines: {@code length} pixels a step apart, {@code lines} a stride apart. */
  private static double[] convolved(
      double[] from, double[] kernel, int step, int length, int lines, int stride) {
    int radius = kernel.length / 2;
    double[] to = new double[from.length];
    for (int line = 0; line < lines; line++) {
      for (int i = 0; i < length; i++) {
        double here = from[line * stride + i * step];
        if (here == 0) {
          continue;
        }
        int first = Math.max(0, i - radius);
        int last = Math.min(length - 1, i + radius);
        for (int j = first; j <= last; j++) {
          to[line * stride + j * step] += here * kernel[j - i + radius];
        }
      }
    }
    return to;
  }

  /** The inner product with another plane of the same size. */
  double dot(InkPlane other) {
    double sum = 0;
    for (int i = 0; i < ink.length; i++) {
      sum += ink[i] * other.ink[i];
    }
    return sum;
  }
}
