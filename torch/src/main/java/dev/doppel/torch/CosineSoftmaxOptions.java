package dev.doppel.torch;

import dev.doppel.error.OptionException;

/**
 * Settings of {@link CosineSoftmax}, and what counts as a class.
 *
 * @param scale by how much cosines are stretched before the softmax
 * @param margin by how much the right class must be ahead, as a cosine
 * @param smoothing share of the target spread over all classes
 * @param rotations how many ways to lay an image down become classes of their own: 1 to 4 for its
 *     quarter turns, to 8 for those of its mirror image
 * @param signs how many new signs, each two characters joined, become classes; 0 for none
 * @param ligatures share of the images that are of such a sign
 */
public record CosineSoftmaxOptions(
    double scale, double margin, double smoothing, int rotations, int signs, double ligatures)
    implements ObjectiveOptions {

  public CosineSoftmaxOptions {
    OptionException.require(scale > 0, "objective.scale", scale, "above 0");
    OptionException.require(margin >= 0 && margin < 1, "objective.margin", margin, "in [0, 1)");
    OptionException.require(
        smoothing >= 0 && smoothing < 1, "objective.smoothing", smoothing, "in [0, 1)");
    OptionException.require(
        rotations >= 1 && rotations <= 8, "objective.rotations", rotations, "1 to 8");
    OptionException.require(
        signs >= 0 && signs <= 100_000, "objective.signs", signs, "0 to 100,000");
    OptionException.require(
        ligatures >= 0 && ligatures < 1, "objective.ligatures", ligatures, "in [0, 1)");
    OptionException.require(
        (signs == 0) == (ligatures == 0),
        "objective.ligatures",
        ligatures,
        signs == 0
            ? "0 without signs; how many there are is set by objective.signs"
            : "above 0 with signs");
  }

  /** No new signs. */
  public CosineSoftmaxOptions(double scale, double margin, double smoothing, int rotations) {
    this(scale, margin, smoothing, rotations, 0, 0);
  }
}
