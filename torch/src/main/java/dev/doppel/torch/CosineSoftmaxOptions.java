package dev.doppel.torch;

import dev.doppel.error.OptionException;

/**
 * Settings of {@link CosineSoftmax}, and what counts as a class.
 *
 * @param scale by how much cosines are stretched before the softmax
 * @param margin by how much the right class must be ahead, as a cosine
 * @param smoothing share of the target spread over all classes
 * @param rotations how many of an image's quarter turns become classes of their own, 1 to 4
 * @param ligatures new signs that each character begins, joined with another of its group, each a
 *     class of its own; 0 for none
 */
public record CosineSoftmaxOptions(
    double scale, double margin, double smoothing, int rotations, int ligatures)
    implements ObjectiveOptions {

  /** Settings without ligatures. */
  public CosineSoftmaxOptions(double scale, double margin, double smoothing, int rotations) {
    this(scale, margin, smoothing, rotations, 0);
  }

  public CosineSoftmaxOptions {
    OptionException.require(scale > 0, "objective.scale", scale, "above 0");
    OptionException.require(margin >= 0 && margin < 1, "objective.margin", margin, "in [0, 1)");
    OptionException.require(
        smoothing >= 0 && smoothing < 1, "objective.smoothing", smoothing, "in [0, 1)");
    OptionException.require(
        rotations >= 1 && rotations <= 4, "objective.rotations", rotations, "1 to 4");
    OptionException.require(
        ligatures >= 0 && ligatures <= 100, "objective.ligatures", ligatures, "0 to 100");
  }
}
