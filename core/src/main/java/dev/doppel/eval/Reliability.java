package dev.doppel.eval;

import java.util.List;

/**
 * Whether probabilities come true: answers by how likely they claimed to be right, and how often
 * they were.
 *
 * @param labels size of the gallery
 * @param bins by rising probability, those that hold any answer
 */
public record Reliability(int labels, List<Bin> bins) {

  public Reliability {
    bins = List.copyOf(bins);
  }

  /**
   * Answers of about one probability.
   *
   * @param share of all answers, where half are about enrolled things
   * @param claimed mean probability
   * @param right share of right answers among them
   */
  public record Bin(double share, double claimed, double right) {}

  /** The expected calibration error: the mean of |claimed − right| over all answers. */
  public double error() {
    return bins.stream().mapToDouble(b -> b.share * Math.abs(b.claimed - b.right)).sum();
  }
}
