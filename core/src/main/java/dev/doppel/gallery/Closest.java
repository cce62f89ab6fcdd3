package dev.doppel.gallery;

import java.util.Arrays;

/**
 * The labels that may be among the closest, by scores that are off by a little: every one that is
 * as good as the last of them, but for the slack.
 */
final class Closest {

  private final int top;
  private final double slack;

  /** The best scores, the least first: a heap. */
  private final double[] best;

  private int held;
  private double floor = Double.NEGATIVE_INFINITY;
  private int[] labels = new int[64];
  private double[] scores = new double[64];
  private int count;
  private int pruneAt;

  /**
   * @param top how many are wanted
   * @param slack twice the error of a score
   */
  Closest(int top, double slack) {
    this.top = top;
    this.slack = slack;
    this.best = new double[top];
    this.pruneAt = 4 * top + 1024;
  }

  /** The score below which nothing is taken. */
  double floor() {
    return floor;
  }

  void offer(int label, double score) {
    if (!(score >= floor) && !Double.isNaN(score)) {
      return;
    }
    if (held < top) {
      best[held++] = score;
      if (held == top) {
        Arrays.sort(best);
        floor = best[0] - slack;
      }
    } else if (score > best[0]) {
      best[0] = score;
      sink();
      floor = best[0] - slack;
    }
    if (count == labels.length) {
      labels = Arrays.copyOf(labels, 2 * count);
      scores = Arrays.copyOf(scores, 2 * count);
    }
    labels[count] = label;
    scores[count++] = score;
    if (count == pruneAt) {
      prune();
      pruneAt = 2 * count + 4 * top + 1024;
    }
  }

  private void sink() {
    double sinking = best[0];
    int at = 0;
    for (int child = 1; child < top; child = 2 * at + 1) {
      if (child + 1 < top && best[child + 1] < best[child]) {
        child++;
      }
      if (best[child] >= sinking) {
        break;
      }
      best[at] = best[child];
      at = child;
    }
    best[at] = sinking;
  }

  private void prune() {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (!(scores[i] < floor)) {
        labels[kept] = labels[i];
        scores[kept++] = scores[i];
      }
    }
    count = kept;
  }

  /** Their numbers, in no order. */
  int[] labels() {
    prune();
    return Arrays.copyOf(labels, count);
  }
}
