package dev.doppel.image;

import java.util.Arrays;

/**
 * A smooth field of shifts over an image: given at the nodes of a square grid, in between blended.
 *
 * <p>Shifts are pixels of the image. A cell blends its corners with weights 3f² − 2f³, so that the
 * field has no kinks at the nodes. Immutable and thread-safe.
 */
public final class Bend {

  private final int cells;
  private final float[] dx;
  private final float[] dy;

  /**
   * @param cells squares along each side of the image
   * @param dx shifts to the right of the {@code (cells + 1)²} nodes, in rows
   * @param dy shifts downwards
   */
  public Bend(int cells, float[] dx, float[] dy) {
    int nodes = (cells + 1) * (cells + 1);
    if (cells < 1 || dx.length != nodes || dy.length != nodes) {
      throw new IllegalArgumentException(
          "%d and %d shifts for a grid of %d cells a side".formatted(dx.length, dy.length, cells));
    }
    this.cells = cells;
    this.dx = dx.clone();
    this.dy = dy.clone();
  }

  /**
   * Renders ink seen through an affine map and then bent, as {@link Warp} does without the bend.
   *
   * @param inverse from the bent point to the source, see {@link Warp}
   * @param plane receives {@code height} rows of {@code width} brightnesses, 0 (black) to 1 (white)
   */
  void render(
      InkSheet sheet,
      int w,
      int h,
      double[] inverse,
      int width,
      int height,
      float[] plane,
      int offset) {
    int k = Warp.samples(w, h, width, height);
    int[] cell = new int[width * k];
    float[] blend = new float[width * k];
    for (int i = 0; i < cell.length; i++) {
      double at = (i + 0.5) / cell.length * cells;
      cell[i] = Math.min(cells - 1, (int) at);
      blend[i] = blend(at - cell[i]);
    }
    float[] rowX = new float[cells + 1];
    float[] rowY = new float[cells + 1];
    int rows = height * k;
    float share = 1f / (255 * k * k);
    for (int j = 0; j < rows; j++) {
      double at = (j + 0.5) / rows * cells;
      along(dx, at, rowX);
      along(dy, at, rowY);
      double y = (j + 0.5) * h / rows - 0.5;
      int out = offset + j / k * width;
      if (j % k == 0) {
        Arrays.fill(plane, out, out + width, 1);
      }
      for (int i = 0; i < cell.length; i++) {
        int c = cell[i];
        double x = (i + 0.5) * w / cell.length - 0.5 + rowX[c] + blend[i] * (rowX[c + 1] - rowX[c]);
        double v = y + rowY[c] + blend[i] * (rowY[c + 1] - rowY[c]);
        float dark =
            sheet.at(
                inverse[0] * x + inverse[1] * v + inverse[2],
                inverse[3] * x + inverse[4] * v + inverse[5]);
        plane[out + i / k] -= share * dark;
      }
    }
  }

  /** The shifts of the nodes' columns at one height. */
  private void along(float[] shifts, double at, float[] row) {
    int above = Math.min(cells - 1, (int) at);
    float blend = blend(at - above);
    for (int c = 0; c <= cells; c++) {
      float top = shifts[above * (cells + 1) + c];
      row[c] = top + blend * (shifts[(above + 1) * (cells + 1) + c] - top);
    }
  }

  private static float blend(double f) {
    return (float) (f * f * (3 - 2 * f));
  }
}
