package dev.doppel.image;

/**
 * The same picture as {@link Warp} renders, where the map neither turns nor shears: rows and
 * columns are then weighed by themselves, which takes a photograph in a tenth of the time.
 *
 * <p>An output pixel is the mean of K×K bilinear samples; along one axis that is a weighted sum of
 * neighbouring source pixels, and the two axes do not know of each other. Immutable.
 */
final class Reduction {

  /** Of one axis: output pixel i is the sum of {@code weights[i][j]} times source first[i] + j. */
  private record Axis(int[] first, float[][] weights) {

    /**
     * @param scale source pixels for each step of the map
     * @param shift where the map puts zero
     * @param extended whether the outermost pixels reach on for one more
     * @param k samples of an output pixel
     */
    static Axis of(double scale, double shift, boolean extended, int source, int output, int k) {
      int[] first = new int[output];
      float[][] weights = new float[output][];
      double step = (double) source / ((double) output * k);
      for (int i = 0; i < output; i++) {
        double from = position(scale, shift, i * k, step);
        double to = position(scale, shift, i * k + k - 1, step);
        first[i] = clamp(Math.floor(from), source);
        weights[i] = new float[clamp(Math.floor(to) + 2, source) - first[i]];
        for (int sub = 0; sub < k; sub++) {
          double at = position(scale, shift, i * k + sub, step);
          double below = Math.floor(at);
          float above = (float) (at - below);
          put(weights[i], rim(below, extended, source) - first[i], (1 - above) / k);
          put(weights[i], rim(below + 1, extended, source) - first[i], above / k);
        }
      }
      return new Axis(first, weights);
    }

    private static double position(double scale, double shift, int sample, double step) {
      return scale * ((sample + 0.5) * step - 0.5) + shift;
    }

    private static double rim(double at, boolean extended, int source) {
      return extended && at == -1 ? 0 : extended && at == source ? source - 1.0 : at;
    }

    private static int clamp(double at, int source) {
      return (int) Math.max(0, Math.min(at, source));
    }

    /** What lies outside is white and adds no darkness. */
    private static void put(float[] weights, double at, float weight) {
      if (at >= 0 && at < weights.length) {
        weights[(int) at] += weight;
      }
    }
  }

  private final Axis columns;
  private final Axis rows;

  private Reduction(Axis columns, Axis rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /** Whether a map can be taken apart so. */
  static boolean serves(double[] inverse) {
    return inverse[1] == 0 && inverse[3] == 0 && inverse[0] > 0 && inverse[4] > 0;
  }

  static Reduction of(double[] inverse, boolean extended, int w, int h, int width, int height) {
    int k = Warp.samples(w, h, width, height);
    return new Reduction(
        Axis.of(inverse[0], inverse[2], extended, w, width, k),
        Axis.of(inverse[4], inverse[5], extended, h, height, k));
  }

  /**
   * Renders all channels of a picture.
   *
   * @param plane receives them one after the other, 0 (black) to 1 (white)
   */
  void render(Raster image, float[] plane, int offset) {
    int width = columns.first.length;
    int height = rows.first.length;
    int channels = image.channels();
    float[] row = new float[image.width() * channels];
    for (int y = 0; y < height; y++) {
      image.darkness(rows.first[y], rows.weights[y], row);
      for (int channel = 0; channel < channels; channel++) {
        int out = offset + (channel * height + y) * width;
        for (int x = 0; x < width; x++) {
          float dark = 0;
          int at = columns.first[x] * channels + channel;
          for (float weight : columns.weights[x]) {
            dark += weight * row[at];
            at += channels;
          }
          plane[out + x] = (255 - dark) / 255;
        }
      }
    }
  }
}
