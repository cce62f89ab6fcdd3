package dev.doppel.loss;

/**
 * A loss over a batch, with its gradient.
 *
 * @param value the loss
 * @param gradient by the batch's embeddings, {@code [count, dim]}; the receiver's to keep
 * @param counts how many tuples were possible, selected and active
 * @param atCollapse the value this batch would have if all its embeddings were the same: the
 *     margin, ln 2, or what the formula gives; NaN where that depends on more
 */
public record LossResult(double value, float[] gradient, Counts counts, double atCollapse) {

  /** How close to {@link #atCollapse} a loss is when it is called stuck there. */
  private static final double STUCK = 0.01;

  /** Whether there was nothing to compare; value and gradient are then 0. */
  public boolean empty() {
    return counts.selected() == 0;
  }

  /**
   * Whether the loss is within 1 % of what it would be if all embeddings were the same. One such
   * batch may be chance, a run of them is collapse: see {@link LossWatch}.
   */
  public boolean atCollapseValue() {
    return !empty() && Math.abs(value - atCollapse) <= STUCK * Math.abs(atCollapse);
  }

  /** This result, or the refusal of an empty or undefined one. */
  LossResult checked(String loss, WhenEmpty whenEmpty) {
    Refusals.empty(loss, empty(), whenEmpty);
    Refusals.undefined(loss, value, gradient);
    return this;
  }
}
