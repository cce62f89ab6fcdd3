package dev.doppel.loss;

/** Chooses which pairs of a batch a loss is summed over. Immutable and thread-safe. */
public sealed interface PairMiner permits PairMiner.All, MultiSimilarityMiner {

  /** Keeps everything. */
  static PairMiner all() {
    return new All();
  }

  /** Takes what is chosen for the anchor at hand. */
  @FunctionalInterface
  interface Sink {

    /** A pair of the anchor with a row of its class, or of another. */
    void pair(int row, boolean same);
  }

  /** Gives the pairs of one anchor, positives first, each kind in the order of rows. */
  void mine(Neighbourhood of, Sink sink);

  /**
   * The pairs chosen of a batch, written down; each appears for both of its ends, if both keep it.
   */
  default Pairs pairs(LabelledBatch batch, Measure measure) {
    LabelledBatch none = LabelledBatch.none(batch.embeddings().dim());
    Scores scores = new Scores(measure, batch.embeddings(), none.embeddings());
    Classes classes = new Classes(batch.labels(), none.labels());
    Neighbourhood of = new Neighbourhood(scores, classes, batch.seed());
    IntList first = new IntList();
    IntList second = new IntList();
    for (int anchor = 0; anchor < batch.count(); anchor++) {
      of.move(anchor);
      int own = anchor;
      mine(
          of,
          (row, same) -> {
            first.add(own);
            second.add(row);
          });
    }
    boolean[] same = new boolean[first.size()];
    for (int i = 0; i < same.length; i++) {
      same[i] = classes.of[first.get(i)] == classes.of[second.get(i)];
    }
    return new Pairs(first.toArray(), second.toArray(), same);
  }

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
