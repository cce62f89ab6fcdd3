package dev.doppel.torch;

/**
 * Where batches come from. A batch depends on its address alone, so any can be made on any thread
 * and a resumed run sees the very same ones. Implementations are thread-safe.
 */
interface BatchSource {

  /** The number of batches of an epoch. */
  int batchesPerEpoch();

  /** Classes to tell apart, those of the data times the quarter turns; 0 where pairs are asked. */
  default int classes() {
    return 0;
  }

  /** The batch at an address. */
  Batch batch(int epoch, int index);
}
