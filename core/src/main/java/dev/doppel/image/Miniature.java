package dev.doppel.image;

/** A picture made no larger than it needs to be, to keep many of them in memory. */
public final class Miniature {

  private Miniature() {}

  /**
   * The same picture, its shorter side at most {@code side} pixels; one of ink stays as it is, for
   * its pixels are only bits.
   */
  public static Image of(Image image, int side) {
    double scale = (double) side / Math.min(image.width(), image.height());
    if (scale >= 1 || !(image instanceof Raster raster)) {
      return image;
    }
    int width = Math.max(1, (int) Math.round(image.width() * scale));
    int height = Math.max(1, (int) Math.round(image.height() * scale));
    int channels = image.channels();
    int area = width * height;
    float[] planes = new float[channels * area];
    Reduction.of(Warp.IDENTITY, true, image.width(), image.height(), width, height)
        .render(raster, planes, 0);
    byte[] samples = new byte[planes.length];
    for (int channel = 0; channel < channels; channel++) {
      for (int i = 0; i < area; i++) {
        samples[i * channels + channel] = (byte) Math.round(255 * planes[channel * area + i]);
      }
    }
    return Raster.of(width, height, channels, samples);
  }
}
