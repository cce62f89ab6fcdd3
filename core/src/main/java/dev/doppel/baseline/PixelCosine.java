package dev.doppel.baseline;

import dev.doppel.eval.Matcher;
import dev.doppel.image.Image;
import java.util.List;

/**
 * Cosine of the ink, pixel by pixel: the nearest neighbour of Koch et al. 2015, table 2.
 *
 * <p>Thread-safe. Images must be of one size.
 */
public record PixelCosine() implements Matcher {

  @Override
  public String name() {
    return "pixel-cosine";
  }

  @Override
  public Comparison over(List<Image> images) {
    return new InkCosine(images, plane -> plane);
  }
}
