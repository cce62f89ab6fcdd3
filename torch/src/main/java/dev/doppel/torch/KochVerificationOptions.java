package dev.doppel.torch;

import dev.doppel.error.OptionException;
import java.util.List;

/**
 * Settings of {@link KochVerification}, and how its pairs are drawn.
 *
 * @param pairs distinct training pairs: 30,000, 90,000 or 150,000 in the paper; unused with {@code
 *     allPairs}
 * @param copies distorted copies of each pair, beside the pair itself: 8 in the paper
 * @param allPairs whether every pair of images in a batch is scored, rather than drawn pairs alone
 * @param shots images a class in a batch, with {@code allPairs}
 * @param rotations how many of an image's quarter turns become classes of their own, with {@code
 *     allPairs}; 1 in the paper
 * @param together classes of one group (alphabet) that come together in a batch, with {@code
 *     allPairs}: their pairs are harder to tell; 0 where groups do not matter
 * @param ranking share of the loss that ranks each same pair among the different pairs of its
 *     images, with {@code allPairs}; 0 in the paper, where each pair is judged by itself
 * @param l2 the penalty λⱼ of each layer in order, the head last; one value stands for all
 */
public record KochVerificationOptions(
    int pairs,
    int copies,
    boolean allPairs,
    int shots,
    int rotations,
    int together,
    double ranking,
    List<Double> l2)
    implements ObjectiveOptions {

  /** Settings of upright images of any groups, as in the paper. */
  public KochVerificationOptions(
      int pairs, int copies, boolean allPairs, int shots, List<Double> l2) {
    this(pairs, copies, allPairs, shots, 1, 0, 0, l2);
  }

  public KochVerificationOptions {
    l2 = List.copyOf(l2);
    OptionException.require(pairs >= 1, "objective.pairs", pairs, "at least 1");
    OptionException.require(copies >= 0, "objective.copies", copies, "at least 0");
    OptionException.require(shots >= 2, "objective.shots", shots, "at least 2");
    OptionException.require(
        allPairs ? rotations >= 1 && rotations <= 4 : rotations == 1,
        "objective.rotations",
        rotations,
        allPairs ? "1 to 4" : "1 where pairs are drawn");
    OptionException.require(
        allPairs ? together == 0 || together >= 2 : together == 0,
        "objective.together",
        together,
        allPairs ? "0, or 2 and more" : "0 where pairs are drawn");
    OptionException.require(
        ranking >= 0 && ranking <= 1 && (allPairs || ranking == 0),
        "objective.ranking",
        ranking,
        allPairs ? "in [0, 1]" : "0 where pairs are drawn");
    OptionException.require(
        !l2.isEmpty() && l2.stream().allMatch(x -> x >= 0), "objective.l2", l2, "0 or above");
  }
}
