package dev.doppel.loss;

/**
 * How many tuples (pairs, triplets, or an item with its proxies) a loss saw.
 *
 * @param possible all that the batch's labels allow
 * @param selected those that mining kept
 * @param active of the selected, those with a loss above 0
 */
public record Counts(long possible, long selected, long active) {

  /** The share of selected tuples that still teach something; 0 if there are none. */
  public double activeShare() {
    return selected == 0 ? 0 : (double) active / selected;
  }

  /** The counts of two losses together. */
  Counts plus(Counts other) {
    return new Counts(possible + other.possible, selected + other.selected, active + other.active);
  }
}
