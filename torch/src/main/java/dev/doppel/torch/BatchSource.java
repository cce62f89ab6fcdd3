package dev.doppel.torch;

/**
 * Where batches come from. A batch depends on its address alone, so any can be made on any thread
 * and a resumed run sees the very same ones. Implementations are thread-safe.
 */
interface BatchSource {

  /** The number of batches of an epoch. */
  int batchesPerEpoch();

  /** The batch at an address. */
  Batch batch(int epoch, int index);
}
