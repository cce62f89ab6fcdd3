package dev.doppel.fewshot;

import dev.doppel.model.Embeddings;
import java.util.Arrays;

/**
 * The labelled rows of an episode.
 *
 * @param rows {@code [count, dim]}
 * @param labels class of each row, 0 … ways − 1
 * @param ways number of classes; each has a row at least
 */
public record SupportSet(Embeddings rows, int[] labels, int ways) {

  public SupportSet {
    labels = labels.clone();
    if (labels.length != rows.count()) {
      throw new IllegalArgumentException(labels.length + " labels for " + rows.count() + " rows");
    }
    for (int size : sizes(labels, ways)) {
      if (size == 0) {
        throw new IllegalArgumentException("a class of " + ways + " has no row");
      }
    }
  }

  /**
   * Rows taken out of many.
   *
   * @param all the rows to choose from
   * @param support {@code [way][shot]}, indices of the rows of each class
   */
  public static SupportSet of(Embeddings all, int[][] support) {
    int count = 0;
    for (int[] way : support) {
      count += way.length;
    }
    int[] chosen = new int[count];
    int[] labels = new int[count];
    int at = 0;
    for (int way = 0; way < support.length; way++) {
      for (int shot : support[way]) {
        chosen[at] = shot;
        labels[at++] = way;
      }
    }
    return new SupportSet(rows(all, chosen), labels, support.length);
  }

  /** Some rows of many, in the order asked. */
  static Embeddings rows(Embeddings all, int[] chosen) {
    int dim = all.dim();
    float[] values = new float[chosen.length * dim];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(all.values(), chosen[i] * dim, values, i * dim, dim);
    }
    return new Embeddings(dim, values);
  }

  @Override
  public int[] labels() {
    return labels.clone();
  }

  /** Rows of each class. */
  public int[] sizes() {
    return sizes(labels, ways);
  }

  /** Rows of the smallest class. */
  public int shots() {
    int least = Integer.MAX_VALUE;
    for (int size : sizes()) {
      least = Math.min(least, size);
    }
    return least;
  }

  private static int[] sizes(int[] labels, int ways) {
    int[] sizes = new int[ways];
    for (int label : labels) {
      sizes[label]++;
    }
    return sizes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SupportSet that
        && ways == that.ways
        && rows.equals(that.rows)
        && Arrays.equals(labels, that.labels);
  }

  @Override
  public int hashCode() {
    return 31 * rows.hashCode() + Arrays.hashCode(labels);
  }

  @Override
  public String toString() {
    return "SupportSet[" + ways + " classes, " + labels.length + " rows]";
  }
}
