package dev.doppel.augment;

/**
 * What happens at random to a training image: a wider pen, specks, a bend, and an affine map.
 *
 * @param affine Koch's seven parts
 * @param elastic smooth bends
 * @param pen wider strokes
 * @param speck pixels turned by chance
 */
public record Distortion(
    KochDistortion affine, ElasticDistortion elastic, PenDistortion pen, SpeckDistortion speck) {

  /** Nothing happens. */
  public static final Distortion NONE = affine(new KochDistortion(0, 0, 0, 0, 0));

  /** An affine map alone, as in Koch's paper. */
  public static Distortion affine(KochDistortion affine) {
    return new Distortion(affine, ElasticDistortion.NONE, PenDistortion.NONE, SpeckDistortion.NONE);
  }
}
