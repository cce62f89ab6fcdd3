package dev.doppel.loss;

/** From the terms of a batch to one number. */
public enum Reduction {
  /** The sum over all selected terms, divided by their number. */
  MEAN,
  /** The same sum, divided by the number of terms above 0 (FaceNet's batches, for one). */
  MEAN_ACTIVE,
  /** The sum alone; its scale grows with the batch. */
  SUM;

  /** What to divide the sum by, at least 1. */
  long divisor(long terms, long active) {
    return switch (this) {
      case MEAN -> Math.max(1, terms);
      case MEAN_ACTIVE -> Math.max(1, active);
      case SUM -> 1;
    };
  }
}
