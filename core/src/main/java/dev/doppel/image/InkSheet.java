package dev.doppel.image;

import java.util.Arrays;

/**
 * One channel of an image as darkness, 0 (white) to 255 (black), laid out for sampling.
 *
 * <p>A margin of white surrounds it, so that samples next to the edge need no test. Cell (x, y),
 * the square between pixel centres (x, y) and (x + 1, y + 1), is marked when any of its corners is
 * not white: handwriting leaves most cells, and whole rows and columns at the rim, unmarked. Reused
 * from image to image, so one thread's own.
 */
final class InkSheet {

  /** White columns and rows on every side. */
  static final int MARGIN = 2;

  /** Columns of the sheet, margins included. */
  int stride;

  /** Rows of {@code stride}; pixel (x, y) is at (y + MARGIN) · stride + x + MARGIN. */
  float[] darkness = new float[0];

  /** Whether the cell right of and below a pixel has ink, at the pixel's place. */
  boolean[] marked = new boolean[0];

  /** The columns and rows of the pixels that are not white, both ends included. */
  int left;

  int right;
  int top;
  int bottom;

  /**
   * Lays out an image.
   *
   * @param channel which channel; -1 for the luminance
   */
  void load(Image image, int channel) {
    clear(image.width(), image.height());
    if (image instanceof Bitmap bitmap) {
      load(bitmap);
      return;
    }
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        put(x, y, 255 - brightness(image, x, y, channel));
      }
    }
  }

  /** Lays out rows of brightness, 0 (black) to 1 (white). */
  void load(float[] brightness, int width, int height) {
    clear(width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        put(x, y, 255 - 255 * brightness[y * width + x]);
      }
    }
  }

  private void load(Bitmap bitmap) {
    int width = bitmap.width();
    for (int y = 0; y < bitmap.height(); y++) {
      for (int x = 0; x < width; x += Bitmap.WORD) {
        long ink = bitmap.word(y * width + x) & (-1L >>> (64 - Math.min(Bitmap.WORD, width - x)));
        if (ink != 0) {
          left = Math.min(left, x + Long.numberOfTrailingZeros(ink));
          right = Math.max(right, x + 63 - Long.numberOfLeadingZeros(ink));
          top = Math.min(top, y);
          bottom = y;
        }
        int row = (y + MARGIN) * stride + x + MARGIN;
        while (ink != 0) {
          mark(row + Long.numberOfTrailingZeros(ink), 255);
          ink &= ink - 1;
        }
      }
    }
  }

  private void clear(int width, int height) {
    stride = width + 2 * MARGIN;
    int size = stride * (height + 2 * MARGIN);
    if (darkness.length < size) {
      darkness = new float[size];
      marked = new boolean[size];
    } else {
      Arrays.fill(darkness, 0, size, 0);
      Arrays.fill(marked, 0, size, false);
    }
    left = width;
    right = -1;
    top = height;
    bottom = -1;
  }

  /** The darkness between pixels, bilinear; 0 outside. */
  float at(double x, double y) {
    if (!(x > left - 1 && x < right + 1 && y > top - 1 && y < bottom + 1)) {
      return 0;
    }
    int column = (int) (x + 1) - 1; // rounds down, as x > -1
    int row = (int) (y + 1) - 1;
    int p = (row + MARGIN) * stride + column + MARGIN;
    if (!marked[p]) {
      return 0;
    }
    float fx = (float) (x - column);
    float fy = (float) (y - row);
    int q = p + stride;
    float above = darkness[p] + fx * (darkness[p + 1] - darkness[p]);
    float below = darkness[q] + fx * (darkness[q + 1] - darkness[q]);
    return above + fy * (below - above);
  }

  private void put(int x, int y, float value) {
    if (value != 0) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
      mark((y + MARGIN) * stride + x + MARGIN, value);
    }
  }

  private void mark(int at, float value) {
    darkness[at] = value;
    marked[at] = true;
    marked[at - 1] = true;
    marked[at - stride] = true;
    marked[at - stride - 1] = true;
  }

  private static float brightness(Image image, int x, int y, int channel) {
    if (channel >= 0 || image.channels() == 1) {
      return image.sample(x, y, Math.max(channel, 0));
    }
    return 0.299f * image.sample(x, y, 0)
        + 0.587f * image.sample(x, y, 1)
        + 0.114f * image.sample(x, y, 2);
  }
}
