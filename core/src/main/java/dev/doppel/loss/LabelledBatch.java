package dev.doppel.loss;

import dev.doppel.model.Embeddings;
import dev.doppel.random.Seed;

/**
 * Embeddings with the class of each. Immutable by promise: nobody writes to the arrays.
 *
 * @param embeddings {@code [count, dim]}
 * @param labels {@code [count]}, any integers; equal ones are of one class
 * @param seed where the random numbers of this batch begin; only miners that draw look at it
 */
public record LabelledBatch(Embeddings embeddings, int[] labels, Seed seed) {

  public LabelledBatch {
    if (labels.length != embeddings.count()) {
      throw new IllegalArgumentException(
          labels.length + " labels for " + embeddings.count() + " embeddings");
    }
  }

  /** A batch for losses that draw nothing. */
  public static LabelledBatch of(Embeddings embeddings, int... labels) {
    return new LabelledBatch(embeddings, labels, Seed.of(0));
  }

  /** A batch without rows. */
  static LabelledBatch none(int dim) {
    return of(new Embeddings(dim, new float[0]));
  }

  /** The number of rows. */
  public int count() {
    return labels.length;
  }

  /** The same labels over other embeddings. */
  LabelledBatch with(Embeddings other) {
    return new LabelledBatch(other, labels, seed);
  }
}
