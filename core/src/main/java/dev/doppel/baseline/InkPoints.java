package dev.doppel.baseline;

import dev.doppel.error.DataException;
import dev.doppel.image.Bitmap;
import dev.doppel.image.Image;
import java.util.Arrays;

/**
 * The ink of a picture as points about their mean, with the nearest ink to left and right of every
 * pixel, so that the nearest point to anywhere is found in a few rows.
 *
 * <p>Immutable and thread-safe.
 */
final class InkPoints {

  private static final int NONE = Integer.MIN_VALUE;

  private final int width;
  private final int height;
  private final int[] xs;
  private final int[] ys;
  private final double meanX;
  private final double meanY;

  /** {@code [height][width]}: the column of the nearest ink here or to the left. */
  private final int[] atOrLeft;

  /** {@code [height][width]}: the column of the nearest ink here or to the right. */
  private final int[] atOrRight;

  /**
   * @throws DataException if the picture is blank
   */
  InkPoints(Image image) {
    Bitmap bitmap = image instanceof Bitmap already ? already : Bitmap.of(image);
    width = bitmap.width();
    height = bitmap.height();
    int[] columns = new int[width * height];
    int[] rows = new int[width * height];
    atOrLeft = new int[width * height];
    atOrRight = new int[width * height];
    int count = 0;
    long sumX = 0;
    long sumY = 0;
    for (int y = 0; y < height; y++) {
      int last = NONE;
      for (int x = 0; x < width; x++) {
        if (bitmap.ink(x, y)) {
          columns[count] = x;
          rows[count++] = y;
          sumX += x;
          sumY += y;
          last = x;
        }
        atOrLeft[y * width + x] = last;
      }
      last = NONE;
      for (int x = width - 1; x >= 0; x--) {
        last = bitmap.ink(x, y) ? x : last;
        atOrRight[y * width + x] = last;
      }
    }
    if (count == 0) {
      throw new DataException(
          "A picture of %d×%d without ink".formatted(width, height),
          "The modified Hausdorff distance needs at least one dark pixel",
          "Leave blank pictures out, or check that ink is dark and paper light");
    }
    xs = Arrays.copyOf(columns, count);
    ys = Arrays.copyOf(rows, count);
    meanX = (double) sumX / count;
    meanY = (double) sumY / count;
  }

  /** The mean over these points of the distance to the nearest of the others, means aligned. */
  double meanDistanceTo(InkPoints other) {
    double right = other.meanX - meanX;
    double down = other.meanY - meanY;
    double sum = 0;
    for (int i = 0; i < xs.length; i++) {
      sum += Math.sqrt(other.nearest(xs[i] + right, ys[i] + down));
    }
    return sum / xs.length;
  }

  /** The squared distance of the nearest ink to a point: rows outwards until none can be nearer. */
  private double nearest(double x, double y) {
    double best = Double.POSITIVE_INFINITY;
    int below = (int) Math.floor(y);
    int column = (int) Math.floor(x);
    int down = Math.max(0, below + 1);
    int up = Math.min(height - 1, below);
    while (up >= 0 && (y - up) * (y - up) < best) {
      best = Math.min(best, inRow(up--, column, x, y));
      if (down < height && (down - y) * (down - y) < best) {
        best = Math.min(best, inRow(down++, column, x, y));
      }
    }
    while (down < height && (down - y) * (down - y) < best) {
      best = Math.min(best, inRow(down++, column, x, y));
    }
    return best;
  }

  /** The squared distance of the nearest ink in a row, given the column left of the point. */
  private double inRow(int row, int column, double x, double y) {
    double best = Double.POSITIVE_INFINITY;
    if (column >= 0) {
      int left = atOrLeft[row * width + Math.min(column, width - 1)];
      if (left != NONE) {
        best = (x - left) * (x - left);
      }
    }
    if (column < width - 1) {
      int right = atOrRight[row * width + Math.max(column + 1, 0)];
      if (right != NONE) {
        best = Math.min(best, (right - x) * (right - x));
      }
    }
    return best + (y - row) * (y - row);
  }
}
