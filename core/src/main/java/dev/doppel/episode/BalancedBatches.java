package dev.doppel.episode;

/** Batches of P classes by K images, addressed by epoch and batch. Immutable and thread-safe. */
public interface BalancedBatches {

  /** The number of batches an epoch. */
  int batches();

  /**
   * One batch of an epoch.
   *
   * @param epoch from 0
   * @param batch 0 … batches-1
   */
  Batch batch(int epoch, int batch);
}
