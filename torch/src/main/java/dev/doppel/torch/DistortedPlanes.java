package dev.doppel.torch;

import dev.doppel.augment.KochDistortion;
import dev.doppel.image.Image;
import dev.doppel.image.Preprocess;
import dev.doppel.random.Draws;

/** The way of a training image into its batch: turned, distorted and preprocessed in one stroke. */
record DistortedPlanes(Preprocess preprocess, KochDistortion distortion) {

  int length() {
    return preprocess.length();
  }

  /**
   * Writes one image's planes.
   *
   * @param turns quarter turns before the distortion
   */
  void into(Image image, int turns, Draws draws, float[] planes, int offset) {
    double[] inverse = distortion.draw(draws).inverse(image.width(), image.height());
    preprocess.into(image, turned(inverse, turns, image), planes, offset);
  }

  /** The inverse map followed by quarter turns of the source about its centre. */
  private static double[] turned(double[] inverse, int turns, Image image) {
    double cx = (image.width() - 1) / 2.0;
    double cy = (image.height() - 1) / 2.0;
    double[] m = inverse;
    for (int i = 0; i < turns; i++) { // (x, y) to (cx + (y - cy), cy - (x - cx))
      m = new double[] {m[3], m[4], m[5] - cy + cx, -m[0], -m[1], -m[2] + cx + cy};
    }
    return m;
  }
}
