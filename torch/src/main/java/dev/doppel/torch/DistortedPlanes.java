package dev.doppel.torch;

import dev.doppel.augment.Affine;
import dev.doppel.augment.Distortion;
import dev.doppel.augment.Ligature;
import dev.doppel.image.Bend;
import dev.doppel.image.Image;
import dev.doppel.image.Preprocess;
import dev.doppel.random.Draws;
import java.util.Optional;

/**
 * The way of a training image into its batch: turned, distorted and preprocessed in one stroke.
 *
 * @param flip whether every other image is seen as in a mirror
 */
record DistortedPlanes(Preprocess preprocess, Distortion distortion, boolean flip) {

  /** The side of the sheet whose pixels a distortion's shifts are. */
  private static final double SHEET = 105;

  private static final int QUARTER_TURNS = 4;

  int length() {
    return preprocess.length();
  }

  /**
   * Writes one image's planes.
   *
   * @param pose which of the eight ways to lay a square on a square: quarter turns before the
   *     distortion, from 4 on of the mirror image
   */
  void into(Image given, int pose, Draws draws, float[] planes, int offset) {
    into(new Laid(given, pose, draws), planes, offset);
  }

  /** Writes the planes of an image that lies some way. */
  void into(Laid laid, float[] planes, int offset) {
    into(laid.image(), laid.pose(), Affine.IDENTITY, laid.draws(), planes, offset);
  }

  /**
   * Writes one image's planes with the image moved aside.
   *
   * @param place what happens to it last; shifts are pixels of a 105×105 sheet
   */
  private void into(Image given, int pose, Affine place, Draws draws, float[] planes, int offset) {
    Image image = distortion.speck().draw(distortion.pen().draw(given, draws), draws);
    double[] inverse =
        shifted(distortion.affine().draw(draws), image).inverse(image.width(), image.height());
    if ((flip && draws.chance(0.5)) != (pose >= QUARTER_TURNS)) {
      inverse = mirrored(inverse, image.width());
    }
    double[] map = turned(inverse, pose % QUARTER_TURNS, image);
    if (!place.equals(Affine.IDENTITY)) {
      map = after(shifted(place, image).inverse(image.width(), image.height()), map);
    }
    Optional<Bend> bend = distortion.elastic().draw(draws, image.width() / SHEET);
    if (bend.isPresent()) {
      preprocess.into(image, map, bend.get(), planes, offset);
    } else {
      preprocess.into(image, map, planes, offset);
    }
  }

  /** Writes the plane of two characters joined in one sign; for one channel of a square alone. */
  void joined(Ligature ligature, Laid first, Laid second, float[] planes, int offset) {
    into(first.image(), first.pose(), ligature.first(), first.draws(), planes, offset);
    float[] other = new float[length()];
    into(second.image(), second.pose(), ligature.second(), second.draws(), other, 0);
    ligature.join(planes, offset, other, preprocess.width());
  }

  /** An image, the way it lies, and the stream that its distortion is drawn from. */
  record Laid(Image image, int pose, Draws draws) {}

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

  /** One map after another: {@code m(first(x, y))}. */
  private static double[] after(double[] first, double[] m) {
    return new double[] {
      m[0] * first[0] + m[1] * first[3],
      m[0] * first[1] + m[1] * first[4],
      m[0] * first[2] + m[1] * first[5] + m[2],
      m[3] * first[0] + m[4] * first[3],
      m[3] * first[1] + m[4] * first[4],
      m[3] * first[2] + m[4] * first[5] + m[5]
    };
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
