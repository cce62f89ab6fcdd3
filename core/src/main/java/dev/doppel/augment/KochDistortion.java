package dev.doppel.augment;

import dev.doppel.random.Draws;

/**
 * Koch's random distortion (2015, section 3.3): each of the seven parts of an {@link Affine} is
 * switched on with one probability, independently, and is then uniform in its range.
 *
 * <p>The two images of a pair get separate draws. Immutable and thread-safe.
 *
 * @param rotation θ lies in [-rotation, rotation], in degrees
 * @param shear ρx and ρy lie in [-shear, shear]
 * @param scale sx and sy lie in [1 - scale, 1 + scale]
 * @param shift tx and ty lie in [-shift, shift], in pixels of the image
 * @param probability that a part is on
 */
public record KochDistortion(
    double rotation, double shear, double scale, double shift, double probability) {

  /** The paper's ranges; its shifts are pixels of a 105×105 image. */
  public static final KochDistortion PAPER = new KochDistortion(10, 0.3, 0.2, 2, 0.5);

  public KochDistortion {
    if (!(rotation >= 0 && rotation <= 180)
        || !(shear >= 0 && shear < 1)
        || !(scale >= 0 && scale < 1)
        || !(shift >= 0 && shift <= 1e4)
        || !(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "rotation 0 to 180, shear and scale 0 to below 1, shift from 0, probability 0 to 1; got "
              + rotation
              + ", "
              + shear
              + ", "
              + scale
              + ", "
              + shift
              + ", "
              + probability);
    }
  }

  /** One map. Every part takes two numbers of the stream, on or off, so that none moves another. */
  public Affine draw(Draws draws) {
    return new Affine(
        part(draws, rotation),
        part(draws, shear),
        part(draws, shear),
        1 + part(draws, scale),
        1 + part(draws, scale),
        part(draws, shift),
        part(draws, shift));
  }

  private double part(Draws draws, double range) {
    boolean on = draws.chance(probability);
    double value = draws.between(-range, range);
    return on ? value : 0;
  }
}
