package dev.doppel.loss;

/** What to do with a batch in which a loss finds nothing to compare. */
public enum WhenEmpty {
  /** Refuse it: the sampler or the miner does not fit the loss. */
  REFUSE,
  /**
   * Let it pass with value 0, gradient 0 and {@link LossResult#empty()}, for a {@link LossWatch} to
   * count.
   */
  COUNT
}
