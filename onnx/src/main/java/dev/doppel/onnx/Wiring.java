package dev.doppel.onnx;

import java.nio.FloatBuffer;

/**
 * How planes get into a graph and embeddings out of it. Immutable.
 *
 * @param input name of the graph's input
 * @param output name of its output
 * @param channelsLast whether it reads {@code [batch, height, width, channels]}
 * @param reversed whether it reads blue before green before red
 * @param batch images of a run
 * @param fixed whether every run has that many, so that a part is filled up
 */
record Wiring(
    String input, String output, boolean channelsLast, boolean reversed, int batch, boolean fixed) {

  /** Bounds the memory of one run: a batch of Koch's net takes 2.4 MB an image in one layer. */
  static final int BATCH = 64;

  /** That of the files Doppel writes. */
  static final Wiring OWN = new Wiring("image", "embedding", false, false, BATCH, false);

  /** The axes of a run's input. */
  long[] shape(int images, int channels, int height, int width) {
    int count = fixed ? batch : images;
    return channelsLast
        ? new long[] {count, height, width, channels}
        : new long[] {count, channels, height, width};
  }

  /** Floats that a run of so many images needs room for. */
  int length(int images, int plane) {
    return Math.multiplyExact(fixed ? batch : images, plane);
  }

  /**
   * Writes images as the graph reads them, and zeros for those that are missing.
   *
   * @param planes {@code [images, channels, height, width]}, red first, from {@code offset} on
   */
  void fill(FloatBuffer input, float[] planes, int offset, int images, int channels, int area) {
    input.clear();
    int plane = channels * area;
    if (channels == 1 || (!channelsLast && !reversed)) {
      input.put(planes, offset, images * plane);
    } else {
      for (int image = 0; image < images; image++) {
        fill(input, planes, offset + image * plane, channels, area);
      }
    }
    int end = length(images, plane);
    while (input.position() < end) {
      input.put(0);
    }
    input.flip();
  }

  private void fill(FloatBuffer input, float[] planes, int from, int channels, int area) {
    if (channelsLast) {
      for (int i = 0; i < area; i++) {
        for (int channel = 0; channel < channels; channel++) {
          input.put(planes[from + source(channel, channels) * area + i]);
        }
      }
    } else {
      for (int channel = 0; channel < channels; channel++) {
        input.put(planes, from + source(channel, channels) * area, area);
      }
    }
  }

  private int source(int channel, int channels) {
    return reversed ? channels - 1 - channel : channel;
  }

  /** The same in runs of another size. */
  Wiring inRunsOf(int images, boolean always) {
    return new Wiring(input, output, channelsLast, reversed, images, always);
  }
}
