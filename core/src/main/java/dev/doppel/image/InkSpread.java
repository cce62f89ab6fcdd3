package dev.doppel.image;

import java.util.Arrays;

/**
 * The same picture as {@link Warp} renders of ink, where the map neither turns nor shears: each
 * pixel of ink is spread over the few output pixels that see it, in a fifth of the time.
 *
 * <p>As in {@link Reduction} the axes do not know of each other: the ink of a row is spread along
 * it, and what comes of that over the output rows. Immutable.
 */
final class InkSpread {

  /** Output pixels that a source pixel may reach along an axis; enlarging further is left alone. */
  private static final int MOST_REACHED = 8;

  /**
   * Of one axis: source pixel s adds {@code weights[s · reach + j]} to output pixel first[s] + j;
   * to none if first[s] is negative.
   */
  private record Axis(int reach, int[] first, float[] weights) {

    /**
     * @param scale source pixels for each step of the map
     * @param shift where the map puts zero
     * @param k samples of an output pixel
     */
    static Axis of(double scale, double shift, int source, int output, int k) {
      double step = (double) source / ((double) output * k);
      int reach = reach(scale, source, output);
      int[] first = new int[source];
      Arrays.fill(first, -1);
      float[] weights = new float[source * reach];
      for (int i = 0; i < output; i++) {
        for (int sample = i * k; sample < i * k + k; sample++) {
          double at = scale * ((sample + 0.5) * step - 0.5) + shift;
          if (at > -1 && at < source) {
            int below = (int) (at + 1) - 1;
            float above = (float) (at - below);
            if (below >= 0) {
              put(first, weights, reach, below, i, (1 - above) / k);
            }
            if (below + 1 < source) {
              put(first, weights, reach, below + 1, i, above / k);
            }
          }
        }
      }
      return new Axis(reach, first, weights);
    }

    /** A source pixel is seen by samples less than one pixel away, on either side. */
    private static int reach(double scale, int source, int output) {
      return (int) Math.min(2.0 * output / (scale * source), MOST_REACHED) + 2;
    }

    private static void put(
        int[] first, float[] weights, int reach, int source, int output, float weight) {
      if (first[source] < 0) {
        first[source] = output;
      }
      weights[source * reach + output - first[source]] += weight;
    }
  }

  private final Axis columns;
  private final Axis rows;

  private InkSpread(Axis columns, Axis rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /** Whether a map can be taken apart so, and does not enlarge much. */
  static boolean serves(double[] inverse, int w, int h, int width, int height) {
    return Reduction.serves(inverse)
        && 2.0 * width <= MOST_REACHED * inverse[0] * w
        && 2.0 * height <= MOST_REACHED * inverse[4] * h;
  }

  static InkSpread of(double[] inverse, int w, int h, int width, int height) {
    int k = Warp.samples(w, h, width, height);
    return new InkSpread(
        Axis.of(inverse[0], inverse[2], w, width, k),
        Axis.of(inverse[4], inverse[5], h, height, k));
  }

  /**
   * Renders a picture.
   *
   * @param plane receives {@code height} rows of {@code width}, 0 (black) to 1 (white)
   */
  void render(Bitmap image, int width, int height, float[] plane, int offset) {
    Arrays.fill(plane, offset, offset + width * height, 1);
    float[] row = new float[width + columns.reach];
    int w = image.width();
    for (int y = 0; y < image.height(); y++) {
      boolean blank = true;
      for (int x = 0; x < w; x += Bitmap.WORD) {
        long ink = image.word(y * w + x) & (-1L >>> (64 - Math.min(Bitmap.WORD, w - x)));
        if (ink != 0 && blank) {
          blank = false;
          Arrays.fill(row, 0);
        }
        for (; ink != 0; ink &= ink - 1) {
          spread(x + Long.numberOfTrailingZeros(ink), row);
        }
      }
      if (!blank && rows.first[y] >= 0) {
        darken(y, row, width, height, plane, offset);
      }
    }
  }

  private void spread(int x, float[] row) {
    int first = columns.first[x];
    if (first >= 0) {
      float[] weights = columns.weights;
      int from = x * columns.reach;
      int to = from + columns.reach;
      for (int i = from, at = first; i < to; i++, at++) {
        row[at] += weights[i];
      }
    }
  }

  private void darken(int y, float[] row, int width, int height, float[] plane, int offset) {
    int reach = Math.min(rows.reach, height - rows.first[y]);
    for (int j = 0; j < reach; j++) {
      float weight = rows.weights[y * rows.reach + j];
      int out = offset + (rows.first[y] + j) * width;
      if (weight != 0) {
        for (int x = 0; x < width; x++) {
          plane[out + x] -= weight * row[x];
        }
      }
    }
  }
}
