package dev.doppel.baseline;

/**
 * Blurred strokes with their slopes: what a deformation is fitted to. Three times as large as they
 * are, so made when needed. Immutable by promise and thread-safe.
 */
final class StrokeField {

  /** Floats a pixel: the channels, their slopes along x, their slopes along y. */
  static final int STRIDE = 3 * BlurredStrokes.CHANNELS;

  /** Fainter ink than this share of a stroke's is passed over. */
  private static final float FAINT = 0.02f;

  final int side;

  /** {@code [side²][STRIDE]}. */
  final float[] values;

  /** {@code [side²]}: whether there is ink in a pixel. */
  final boolean[] inked;

  /** {@code [side²]}: whether there is ink in a pixel, or right of it, or below. */
  final boolean[] near;

  /** The sum of the squares of all channels. */
  final double energy;

  StrokeField(BlurredStrokes strokes) {
    side = strokes.side();
    values = new float[side * side * STRIDE];
    inked = new boolean[side * side];
    near = new boolean[side * side];
    energy = fill(strokes.values());
    slopes();
    for (int p = 0; p < side * side - side - 1; p++) {
      near[p] = inked[p] || inked[p + 1] || inked[p + side] || inked[p + side + 1];
    }
  }

  private double fill(float[] strokes) {
    double sum = 0;
    for (int p = 0; p < side * side; p++) {
      for (int channel = 0; channel < BlurredStrokes.CHANNELS; channel++) {
        float value = strokes[p * BlurredStrokes.CHANNELS + channel];
        values[p * STRIDE + channel] = value;
        sum += value * value;
      }
      inked[p] = values[p * STRIDE] > FAINT;
    }
    return sum;
  }

  private void slopes() {
    int row = side * STRIDE;
    for (int y = 1; y < side - 1; y++) {
      for (int x = 1; x < side - 1; x++) {
        int p = y * row + x * STRIDE;
        for (int value = p; value < p + BlurredStrokes.CHANNELS; value++) {
          int alongX = value + BlurredStrokes.CHANNELS;
          values[alongX] = (values[value + STRIDE] - values[value - STRIDE]) / 2;
          int alongY = alongX + BlurredStrokes.CHANNELS;
          values[alongY] = (values[value + row] - values[value - row]) / 2;
        }
      }
    }
  }
}
