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
 * @param l2 the penalty λⱼ of each layer in order, the head last; one value stands for all
 */
public record KochVerificationOptions(
    int pairs, int copies, boolean allPairs, int shots, List<Double> l2)
    implements ObjectiveOptions {

  public KochVerificationOptions {
    l2 = List.copyOf(l2);
    OptionException.require(pairs >= 1, "objective.pairs", pairs, "at least 1");
    OptionException.require(copies >= 0, "objective.copies", copies, "at least 0");
    OptionException.require(shots >= 2, "objective.shots", shots, "at least 2");
    OptionException.require(
        !l2.isEmpty() && l2.stream().allMatch(x -> x >= 0), "objective.l2", l2, "0 or above");
  }
}
