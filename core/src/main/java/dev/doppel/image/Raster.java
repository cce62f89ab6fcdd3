package dev.doppel.image;

import java.util.Arrays;

/** A picture of 8-bit samples, grey or red-green-blue. Immutable and thread-safe. */
public final class Raster implements Image {

  private final int width;
  private final int height;
  private final int channels;
  private final byte[] samples;

  /**
   * Copies samples.
   *
   * @param samples row-major, the channels of a pixel side by side; 0 is black, 255 white
   */
  public Raster(int width, int height, int channels, byte[] samples) {
    if (width < 1 || height < 1 || (channels != 1 && channels != 3)) {
      throw new IllegalArgumentException(
          "a picture of " + width + "×" + height + " with " + channels + " channels");
    }
    if (samples.length != width * height * channels) {
      throw new IllegalArgumentException(
          samples.length + " samples for " + width + "×" + height + "×" + channels);
    }
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.samples = samples.clone();
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public int sample(int x, int y, int channel) {
    return samples[(y * width + x) * channels + channel] & 0xFF;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Raster that
        && width == that.width
        && height == that.height
        && channels == that.channels
        && Arrays.equals(samples, that.samples);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + channels) + Arrays.hashCode(samples);
  }

  @Override
  public String toString() {
    return "Raster[" + width + "×" + height + "×" + channels + "]";
  }
}
