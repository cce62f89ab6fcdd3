package dev.doppel.augment;

import dev.doppel.error.OptionException;
import dev.doppel.image.Bend;
import dev.doppel.random.Draws;
import java.util.Optional;

/**
 * Random smooth bends, as one hand differs from another: elastic distortion (Simard, Steinkraus and
 * Platt 2003), with the field drawn on a coarse grid in place of a blurred fine one.
 *
 * <p>Each node of the grid moves by independent normal draws of one deviation, which is uniform in
 * {@code [0, strength]}. Immutable and thread-safe.
 *
 * @param strength largest deviation of a node's shifts, in pixels of a 105×105 sheet; 0 for none
 * @param cells squares along a side of the grid: the more, the finer the wrinkles
 * @param probability that an image is bent at all
 */
public record ElasticDistortion(double strength, int cells, double probability) {

  /** Nothing is bent. */
  public static final ElasticDistortion NONE = new ElasticDistortion(0, 4, 0);

  public ElasticDistortion {
    OptionException.require(
        strength >= 0 && strength <= 50, "distortion.elastic.strength", strength, "0 to 50 pixels");
    OptionException.require(
        cells >= 1 && cells <= 32, "distortion.elastic.cells", cells, "1 to 32");
    OptionException.require(
        probability >= 0 && probability <= 1,
        "distortion.elastic.probability",
        probability,
        "0 to 1");
  }

  /**
   * One bend, or none.
   *
   * @param scale pixels of the image for each of a 105×105 sheet
   */
  public Optional<Bend> draw(Draws draws, double scale) {
    if (strength == 0 || !draws.chance(probability)) {
      return Optional.empty();
    }
    double deviation = scale * draws.between(0, strength);
    int nodes = (cells + 1) * (cells + 1);
    float[] dx = new float[nodes];
    float[] dy = new float[nodes];
    for (int i = 0; i < nodes; i++) {
      dx[i] = (float) (deviation * draws.gaussian());
      dy[i] = (float) (deviation * draws.gaussian());
    }
    return Optional.of(new Bend(cells, dx, dy));
  }
}
