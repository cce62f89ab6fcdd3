package dev.doppel.augment;

import dev.doppel.error.OptionException;
import dev.doppel.image.Bitmap;
import dev.doppel.image.Image;
import dev.doppel.random.Draws;

/**
 * Random wider pens: ink is dilated by a disc, so that the width of a stroke says nothing about
 * what it is. Immutable and thread-safe.
 *
 * @param radius largest radius of the disc in pixels of the image, uniform from one half on
 * @param probability that an image gets a wider pen; 0 for none
 */
public record PenDistortion(double radius, double probability) {

  /** Every pen as it is. */
  public static final PenDistortion NONE = new PenDistortion(0.5, 0);

  /** Below one no neighbour is reached. */
  private static final double LEAST_RADIUS = 0.5;

  public PenDistortion {
    OptionException.require(
        radius >= LEAST_RADIUS && radius <= 20,
        "distortion.pen.radius",
        radius,
        "0.5 to 20 pixels");
    OptionException.require(
        probability >= 0 && probability <= 1, "distortion.pen.probability", probability, "0 to 1");
  }

  /**
   * The image, or the same drawn with a wider pen; photographs have no pen and stay as they are.
   */
  public Image draw(Image image, Draws draws) {
    if (probability == 0 || !(image instanceof Bitmap bitmap) || !draws.chance(probability)) {
      return image;
    }
    return bitmap.dilated(draws.between(LEAST_RADIUS, radius));
  }
}
