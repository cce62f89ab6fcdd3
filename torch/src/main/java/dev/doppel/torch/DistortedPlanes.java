package dev.doppel.torch;

import dev.doppel.augment.Affine;
import dev.doppel.augment.KochDistortion;
import dev.doppel.image.Image;
import dev.doppel.image.Preprocess;
import dev.doppel.random.Draws;

/**
 * The way of a training image into its batch: turned, distorted and preprocessed in one stroke.
 *
 * @param flip whether every other image is seen as in a mirror
 */
record DistortedPlanes(Preprocess preprocess, KochDistortion distortion, boolean flip) {

  /** The side of the sheet whose pixels a distortion's shifts are. */
  private static final double SHEET = 105;

  int length() {
    return preprocess.length();
  }

  /**
   * Writes one image's planes.
   *
   * @param turns quarter turns before the distortion
   */
  void into(Image image, int turns, Draws draws, float[] planes, int offset) {
    double[] inverse =
        shifted(distortion.draw(draws), image).inverse(image.width(), image.height());
    if (flip && draws.chance(0.5)) {
      inverse = mirrored(inverse, image.width());
    }
    preprocess.into(image, turned(inverse, turns, image), planes, offset);
  }

  /** The same on images of any size. */
  private static Affine shifted(Affine drawn, Image image) {
    return new Affine(
        drawn.rotation(),
        drawn.shearX(),
        drawn.shearY(),
        drawn.scaleX(),
        drawn.scaleY(),
        drawn.shiftX() * (image.width() / SHEET),
        drawn.shiftY() * (image.height() / SHEET));
  }

  /** The inverse map followed by a mirror of the source about its middle column. */
  private static double[] mirrored(double[] m, int width) {
    return new double[] {-m[0], -m[1], width - 1 - m[2], m[3], m[4], m[5]};
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
