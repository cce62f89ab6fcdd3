package dev.doppel.augment;

import dev.doppel.error.OptionException;
import dev.doppel.image.Bitmap;
import dev.doppel.image.Image;
import dev.doppel.random.Draws;

/**
 * Random specks, as scanners leave them: single pixels that become ink or paper as chance has it,
 * so that a speck says nothing about what was written. Immutable and thread-safe.
 *
 * @param share largest share of all pixels that is drawn anew, half of them as ink; uniform from 0
 *     on
 * @param probability that an image gets specks; 0 for none
 */
public record SpeckDistortion(double share, double probability) {

  /** Every sheet as clean as it is. */
  public static final SpeckDistortion NONE = new SpeckDistortion(0, 0);

  public SpeckDistortion {
    OptionException.require(share >= 0 && share <= 1, "distortion.speck.share", share, "0 to 1");
    OptionException.require(
        probability >= 0 && probability <= 1,
        "distortion.speck.probability",
        probability,
        "0 to 1");
  }

  /** The image, or the same with specks; photographs are not ink on paper and stay as they are. */
  public Image draw(Image image, Draws draws) {
    if (share == 0
        || probability == 0
        || !(image instanceof Bitmap bitmap)
        || !draws.chance(probability)) {
      return image;
    }
    int area = bitmap.width() * bitmap.height();
    int[] specks = new int[(int) Math.round(draws.between(0, share) * area)];
    boolean[] ink = new boolean[specks.length];
    for (int i = 0; i < specks.length; i++) {
      specks[i] = draws.below(area);
      ink[i] = draws.chance(0.5);
    }
    return bitmap.speckled(specks, ink);
  }
}
