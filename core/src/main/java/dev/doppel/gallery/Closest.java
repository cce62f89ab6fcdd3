package dev.doppel.gallery;

import java.util.Arrays;

/**
 * The labels that may be among the closest, by scores that are off by a little: every one that is
 * as good as the last of them, but for the slack. Each label is offered once.
 */
final class Closest {

  private final Slack slack;

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
   */
  Closest(int top, Slack slack) {
    this.slack = slack;
    this.best = new double[top];
    this.pruneAt = 4 * top + 1024;
  }

  void offer(int label, double score) {
    if (score < floor) {
      return;
    }
    if (held < best.length) {
      best[held++] = score;
      if (held == best.length) {
        Arrays.sort(best);
        floor = slack.below(best[0]);
      }
    } else if (score > best[0]) {
      best[0] = score;
      sink();
      floor = slack.below(best[0]);
    }
    if (count == labels.length) {
      labels = Arrays.copyOf(labels, 2 * count);
      scores = Arrays.copyOf(scores, 2 * count);
    }
    labels[count] = label;
    scores[count++] = score;
    if (count >= pruneAt) {
      prune();
      pruneAt = 2 * count + 4 * best.length + 1024;
    }
  }

  private void sink() {
    double sinking = best[0];
    int at = 0;
    for (int child = 1; child < best.length; child = 2 * at + 1) {
      if (child + 1 < best.length && best[child + 1] < best[child]) {
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
