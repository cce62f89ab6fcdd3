package dev.doppel.image;

/**
 * The smallest box around all ink of an image, both ends included; ink is what is darker than half.
 * Immutable.
 *
 * @param left its first column
 * @param top its first row
 * @param right its last column; before {@code left} if there is no ink
 * @param bottom its last row
 */
public record InkBox(int left, int top, int right, int bottom) {

  /** Samples below this are ink, as {@link Bitmap#of} has it. */
  private static final int HALF = 128;

  /** The box around the ink of an image. */
  public static InkBox of(Image image) {
    int left = image.width();
    int top = image.height();
    int right = -1;
    int bottom = -1;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        if (image.sample(x, y, 0) < HALF) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = y;
        }
      }
    }
    return new InkBox(left, top, right, bottom);
  }

  /** Whether there is no ink. */
  public boolean isEmpty() {
    return right < left;
  }

  /** Columns. */
  public int width() {
    return right - left + 1;
  }

  /** Rows. */
  public int height() {
    return bottom - top + 1;
  }

  /** The column of its middle. */
  public double middleX() {
    return (left + right) / 2.0;
  }

  /** The row of its middle. */
  public double middleY() {
    return (top + bottom) / 2.0;
  }
}
