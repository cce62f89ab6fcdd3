package dev.doppel.image;

/** An image turned by right angles, pixel for pixel. */
public final class QuarterTurn {

  private QuarterTurn() {}

  /**
   * The image turned clockwise as seen; a turned one is a {@link Raster}.
   *
   * @param turns right angles, from 0
   */
  public static Image of(Image image, int turns) {
    Image turned = image;
    for (int i = 0; i < turns % 4; i++) {
      turned = clockwise(turned);
    }
    return turned;
  }

  /** The left column becomes the top row, read from below. */
  private static Image clockwise(Image image) {
    int width = image.height();
    int height = image.width();
    int channels = image.channels();
    byte[] samples = new byte[width * height * channels];
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int channel = 0; channel < channels; channel++) {
          samples[at++] = (byte) image.sample(y, width - 1 - x, channel);
        }
      }
    }
    return Raster.of(width, height, channels, samples);
  }
}
