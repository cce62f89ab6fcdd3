package dev.doppel.image;

/**
 * Where the ink of an image has its centre of mass, in pixels; the middle of a blank image.
 *
 * <p>People put the same character at different places of the sheet; about its ink's centre it is
 * always at the same one.
 *
 * @param x column
 * @param y row
 */
record InkCentre(double x, double y) {

  static InkCentre of(Image image) {
    return image instanceof Bitmap bitmap ? of(bitmap) : ofSamples(image);
  }

  /** The same, from whole words of ink: the sums are of whole numbers, so not a bit differs. */
  private static InkCentre of(Bitmap bitmap) {
    int width = bitmap.width();
    long count = 0;
    long sumX = 0;
    long sumY = 0;
    for (int y = 0; y < bitmap.height(); y++) {
      int inRow = 0;
      for (int x = 0; x < width; x += Bitmap.WORD) {
        long ink = bitmap.word(y * width + x) & (-1L >>> (64 - Math.min(Bitmap.WORD, width - x)));
        inRow += Long.bitCount(ink);
        while (ink != 0) {
          sumX += x + Long.numberOfTrailingZeros(ink);
          ink &= ink - 1;
        }
      }
      count += inRow;
      sumY += (long) inRow * y;
    }
    return of(255.0 * count, 255.0 * sumX, 255.0 * sumY, bitmap);
  }

  static InkCentre ofSamples(Image image) {
    double sum = 0;
    double sumX = 0;
    double sumY = 0;
    for (int y = 0; y < image.height(); y++) {
      double row = 0;
      for (int x = 0; x < image.width(); x++) {
        int dark = 255 * image.channels();
        for (int channel = 0; channel < image.channels(); channel++) {
          dark -= image.sample(x, y, channel);
        }
        row += dark;
        sumX += (double) dark * x;
      }
      sum += row;
      sumY += row * y;
    }
    return of(sum, sumX, sumY, image);
  }

  private static InkCentre of(double sum, double sumX, double sumY, Image image) {
    return sum == 0
        ? new InkCentre((image.width() - 1) / 2.0, (image.height() - 1) / 2.0)
        : new InkCentre(sumX / sum, sumY / sum);
  }

  /** The map from output to source, with this point of the source where its middle would be. */
  double[] inTheMiddle(double[] inverse, int width, int height) {
    double[] moved = inverse.clone();
    moved[2] += x - (width - 1) / 2.0;
    moved[5] += y - (height - 1) / 2.0;
    return moved;
  }
}
