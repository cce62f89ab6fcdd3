package dev.doppel.torch;

import dev.doppel.error.OptionException;

/**
 * Settings of {@link CosineSoftmax}, and what counts as a class.
 *
 * @param scale by how much cosines are stretched before the softmax
 * @param margin by how much the right class must be ahead, as a cosine
 * @param smoothing share of the target spread over all classes
 * @param rotations how many of an image's quarter turns become classes of their own, 1 to 4
 */
public record CosineSoftmaxOptions(double scale, double margin, double smoothing, int rotations)
    implements ObjectiveOptions {

  public CosineSoftmaxOptions {
    OptionException.require(scale > 0, "objective.scale", scale, "above 0");
    OptionException.require(margin >= 0 && margin < 1, "objective.margin", margin, "in [0, 1)");
    OptionException.require(
        smoothing >= 0 && smoothing < 1, "objective.smoothing", smoothing, "in [0, 1)");
    OptionException.require(
        rotations >= 1 && rotations <= 4, "objective.rotations", rotations, "1 to 4");
  }
}
