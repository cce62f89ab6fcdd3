package dev.doppel.eval;

import java.util.List;

/**
 * McNemar's exact test of two matchers on the same questions: is one better, or did the questions
 * on which they differ fall so by chance?
 *
 * @param onlyFirstRight questions that only the first answered right
 * @param onlySecondRight questions that only the second answered right
 */
public record McNemar(int onlyFirstRight, int onlySecondRight) {

  public McNemar {
    if (onlyFirstRight < 0 || onlySecondRight < 0) {
      throw new IllegalArgumentException(onlyFirstRight + " against " + onlySecondRight);
    }
  }

  /**
   * Counts where two runs of one list of questions differ.
   *
   * @throws IllegalArgumentException if the lists have different lengths
   */
  public static McNemar of(List<? extends Outcome> first, List<? extends Outcome> second) {
    if (first.size() != second.size()) {
      throw new IllegalArgumentException(
          first.size() + " answers against " + second.size() + ": not the same questions");
    }
    int onlyFirst = 0;
    int onlySecond = 0;
    for (int i = 0; i < first.size(); i++) {
      boolean one = first.get(i).right();
      boolean other = second.get(i).right();
      onlyFirst += one && !other ? 1 : 0;
      onlySecond += other && !one ? 1 : 0;
    }
    return new McNemar(onlyFirst, onlySecond);
  }

  /** The two-sided probability of a split at least this uneven between equals. */
  public double pValue() {
    int n = onlyFirstRight + onlySecondRight;
    int fewer = Math.min(onlyFirstRight, onlySecondRight);
    double logChoose = 0; // of C(n, k)
    double tail = 0;
    for (int k = 0; k <= fewer; k++) {
      tail += Math.exp(logChoose - n * Math.log(2));
      logChoose += Math.log(n - k) - Math.log(k + 1);
    }
    return Math.min(1, 2 * tail);
  }
}
