package dev.doppel.loss;

import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.Arrays;

/**
 * What a miner sees of a batch: one anchor, with its positives, its negatives and how far they are.
 *
 * <p>Moves from anchor to anchor; owned by one thread.
 */
public final class Neighbourhood {

  private final Scores scores;
  private final Classes classes;
  private final Seed seed;
  private final int[] negatives;
  private int[] positives = new int[0];
  private int anchor;
  private int negativeCount;

  Neighbourhood(Scores scores, Classes classes, Seed seed) {
    this.scores = scores;
    this.classes = classes;
    this.seed = seed;
    this.negatives = new int[classes.count()];
  }

  /** Steps to another anchor. */
  void move(int to) {
    anchor = to;
    int[] members = classes.members[classes.of[to]];
    if (positives.length != members.length - 1) {
      positives = new int[members.length - 1];
    }
    int at = 0;
    for (int member : members) {
      if (member != to) {
        positives[at++] = member;
      }
    }
    int own = classes.of[to];
    negativeCount = 0;
    for (int j = 0; j < classes.of.length; j++) {
      negatives[negativeCount] = j;
      negativeCount += classes.of[j] == own ? 0 : 1;
    }
  }

  /** Row of the anchor. */
  public int anchor() {
    return anchor;
  }

  /** How many others are of the anchor's class. */
  public int positives() {
    return positives.length;
  }

  /** Row of a positive; ascending. */
  public int positive(int index) {
    return positives[index];
  }

  /** How many others are of another class. */
  public int negatives() {
    return negativeCount;
  }

  /** Row of a negative; ascending. */
  public int negative(int index) {
    return negatives[index];
  }

  /** How close a row is to the anchor; higher is closer, whatever the measure. */
  public float closeness(int row) {
    float score = scores.score[anchor][row];
    return scores.measure instanceof Distance ? -score : score;
  }

  /**
   * The distance of a row from the anchor, in the loss's measure.
   *
   * @throws IllegalStateException if the loss compares by similarity
   */
  public float distance(int row) {
    if (!(scores.measure instanceof Distance)) {
      throw new IllegalStateException(scores.measure + " is no distance");
    }
    return scores.score[anchor][row];
  }

  /** The square of the Euclidean distance of two rows, whatever the loss's own measure. */
  public double squared(int one, int other) {
    return scores.squared(one, other);
  }

  /** Length of an embedding. */
  public int dim() {
    return scores.dim();
  }

  /** Random numbers of this anchor alone. */
  public Draws draws() {
    return seed.at(anchor).draws();
  }

  /** The rows of the positives, for loops that cannot wait. */
  int[] positiveRows() {
    return positives;
  }

  /** The rows of the negatives, of which the first {@link #negatives()} count. */
  int[] negativeRows() {
    return negatives;
  }

  @Override
  public String toString() {
    return "anchor "
        + anchor
        + ", positives "
        + Arrays.toString(positives)
        + ", "
        + negativeCount
        + " negatives";
  }
}
