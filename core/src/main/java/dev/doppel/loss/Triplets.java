package dev.doppel.loss;

/**
 * Triplets of a batch, by row. Immutable by promise: nobody writes to the arrays.
 *
 * @param anchors {@code [triplets]}
 * @param positives of the anchors' class, as the giver says
 * @param negatives of another
 */
public record Triplets(int[] anchors, int[] positives, int[] negatives) {

  public Triplets {
    if (anchors.length != positives.length || anchors.length != negatives.length) {
      throw new IllegalArgumentException(
          "%d anchors, %d positives and %d negatives"
              .formatted(anchors.length, positives.length, negatives.length));
    }
  }

  /** How many there are. */
  public int count() {
    return anchors.length;
  }
}
