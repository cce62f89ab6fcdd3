package dev.doppel.augment;

import dev.doppel.error.OptionException;
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
    OptionException.require(
        rotation >= 0 && rotation <= 180,
        "distortion.affine.rotation",
        rotation,
        "0 to 180 degrees");
    OptionException.require(
        shear >= 0 && shear < 1, "distortion.affine.shear", shear, "0 to below 1");
    OptionException.require(
        scale >= 0 && scale < 1, "distortion.affine.scale", scale, "0 to below 1");
    OptionException.require(
        shift >= 0 && shift <= 1e4, "distortion.affine.shift", shift, "0 to 10,000 pixels");
    OptionException.require(
        probability >= 0 && probability <= 1,
        "distortion.affine.probability",
        probability,
        "0 to 1");
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
