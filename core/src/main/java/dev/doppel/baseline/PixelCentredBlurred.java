package dev.doppel.baseline;

import dev.doppel.eval.Matcher;
import dev.doppel.image.Image;
import java.util.List;

/**
 * Cosine of the ink once its centroid is moved to the middle, by whole pixels, and blurred by a
 * Gaussian of three pixels: how far pixels get when position and small bends are forgiven.
 *
 * <p>Thread-safe. Images must be of one size.
 */
public record PixelCentredBlurred() implements Matcher {

  private static final double SIGMA = 3;

  @Override
  public String name() {
    return "pixel-centred-blurred";
  }

  @Override
  public Comparison over(List<Image> images) {
    return new InkCosine(images, plane -> plane.centred().blurred(SIGMA));
  }
}
