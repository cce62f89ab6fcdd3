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
