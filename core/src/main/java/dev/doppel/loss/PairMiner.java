package dev.doppel.loss;

/** Chooses which pairs of a batch a loss is summed over. Immutable and thread-safe. */
public sealed interface PairMiner permits PairMiner.All, MultiSimilarityMiner {

  /** Keeps everything. */
  PairMiner ALL = new All();

  /** Takes what is chosen for the anchor at hand. */
  @FunctionalInterface
  interface Sink {

    /** A pair of the anchor with a row of its class, or of another. */
    void pair(int row, boolean same);
  }

  /** Gives the pairs of one anchor, positives first, each kind in the order of rows. */
  void mine(Neighbourhood of, Sink sink);

  /** Every pair. */
  record All() implements PairMiner {
    @Override
    public void mine(Neighbourhood of, Sink sink) {
      for (int p = 0; p < of.positives(); p++) {
        sink.pair(of.positive(p), true);
      }
      for (int n = 0; n < of.negatives(); n++) {
        sink.pair(of.negative(n), false);
      }
    }
  }
}
