package dev.doppel.baseline;

/**
 * Strokes blurred so far and halved in size: all that is kept of an image for one level of a fit.
 * Immutable by promise: nobody writes to {@code values}.
 *
 * @param side columns and rows
 * @param values {@code [side²][CHANNELS]}
 */
record BlurredStrokes(int side, float[] values) {

  /** Ink, cosine, sine. */
  static final int CHANNELS = 3;

  /** Blurred, a pen's stroke peaks at about one: a line's peak falls as the blur grows. */
  private static final double PEAK = 2.5;

  /**
   * @param planes of twice the side
   * @param side of what is kept, in pixels
   * @param sigma of the blur, in these pixels
   */
  static BlurredStrokes of(StrokePlanes planes, int side, double sigma) {
    float[] values = new float[side * side * CHANNELS];
    InkPlane[] channels = {planes.ink(), planes.cosine(), planes.sine()};
    for (int channel = 0; channel < CHANNELS; channel++) {
      double[] blurred = channels[channel].blurred(2 * sigma).ink();
      for (int y = 0, p = channel; y < side; y++) {
        for (int x = 0; x < side; x++, p += CHANNELS) {
          int above = 4 * y * side + 2 * x;
          int below = above + 2 * side;
          double four = blurred[above] + blurred[above + 1] + blurred[below] + blurred[below + 1];
          values[p] = (float) (2 * sigma * PEAK * four / 4);
        }
      }
    }
    return new BlurredStrokes(side, values);
  }
}
