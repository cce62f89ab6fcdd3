package dev.doppel.loss;

/**
 * Pairs of a batch, by row. Immutable by promise: nobody writes to the arrays.
 *
 * @param first {@code [pairs]}
 * @param second {@code [pairs]}
 * @param same whether both are of one class
 */
public record Pairs(int[] first, int[] second, boolean[] same) {

  public Pairs {
    if (first.length != second.length || first.length != same.length) {
      throw new IllegalArgumentException(
          "%d first rows, %d second ones and %d answers"
              .formatted(first.length, second.length, same.length));
    }
  }

  /** How many there are. */
  public int count() {
    return first.length;
  }
}
