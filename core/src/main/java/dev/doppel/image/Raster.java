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
    this(samples.clone(), width, height, channels);
  }

  /** Takes samples over from one who makes no other use of them. */
  static Raster of(int width, int height, int channels, byte[] samples) {
    return new Raster(samples, width, height, channels);
  }

  /** A grey picture of brightnesses, 0 (black) to 1 (white). */
  static Raster ofPlane(int width, int height, float[] plane) {
    byte[] samples = new byte[width * height];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) Math.round(255 * plane[i]);
    }
    return new Raster(samples, width, height, 1);
  }

  private Raster(byte[] samples, int width, int height, int channels) {
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
    this.samples = samples;
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

  /** Weighs rows from {@code first} on into one row of darkness, channels side by side. */
  void darkness(int first, float[] weights, float[] row) {
    Arrays.fill(row, 0);
    int stride = width * channels;
    for (int i = 0; i < weights.length; i++) {
      int from = (first + i) * stride;
      float weight = weights[i];
      for (int j = 0; j < stride; j++) {
        row[j] += weight * (255 - (samples[from + j] & 0xFF));
      }
    }
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
