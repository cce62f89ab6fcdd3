package dev.doppel.eval;

import java.util.List;
import java.util.TreeMap;

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

  /**
   * Several of galleries of one size as one, each weighing the same.
   *
   * @param each at least one, their bins tenths of the probability
   */
  public static Reliability pooled(List<Reliability> each) {
    TreeMap<Integer, double[]> sums = new TreeMap<>();
    for (Reliability one : each) {
      for (Bin bin : one.bins) {
        double[] sum = sums.computeIfAbsent(tenth(bin.claimed), key -> new double[3]);
        sum[0] += bin.share;
        sum[1] += bin.share * bin.claimed;
        sum[2] += bin.share * bin.right;
      }
    }
    return new Reliability(
        each.get(0).labels,
        sums.values().stream()
            .map(sum -> new Bin(sum[0] / each.size(), sum[1] / sum[0], sum[2] / sum[0]))
            .toList());
  }

  /** The tenth a probability belongs to, 0 to 9. */
  static int tenth(double probability) {
    return (int) Math.min(9, probability * 10);
  }

  /** The expected calibration error: the mean of |claimed − right| over all answers. */
  public double error() {
    return bins.stream().mapToDouble(b -> b.share * Math.abs(b.claimed - b.right)).sum();
  }
}
