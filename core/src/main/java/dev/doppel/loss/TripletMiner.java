package dev.doppel.loss;

import dev.doppel.model.Embeddings;

/**
 * Chooses which triplets of a batch a loss is summed over. Immutable and thread-safe.
 *
 * <p>Triplets are streamed, anchor by anchor, and never all held; {@link #triplets} writes them
 * down for whoever wants to look.
 */
public interface TripletMiner {

  /** Takes what is chosen for the anchor at hand. */
  @FunctionalInterface
  interface Sink {

    /** One triplet of the anchor with these rows. */
    void triplet(int positive, int negative);
  }

  /** Gives the triplets of one anchor, in an order that depends on the batch alone. */
  void mine(Neighbourhood of, Sink sink);

  /**
   * The triplets chosen of a batch, written down: 12 bytes each, and {@link TripletBand#ALL} of
   * 1,024 rows are 7 million.
   */
  default Triplets triplets(LabelledBatch batch, Distance distance) {
    LabelledBatch none = LabelledBatch.none(batch.embeddings().dim());
    Embeddings rows = batch.embeddings();
    Scores scores = new Scores(distance, rows, none.embeddings());
    Neighbourhood of =
        new Neighbourhood(scores, new Classes(batch.labels(), none.labels()), batch.seed());
    IntList anchors = new IntList();
    IntList positives = new IntList();
    IntList negatives = new IntList();
    for (int anchor = 0; anchor < batch.count(); anchor++) {
      of.move(anchor);
      int own = anchor;
      mine(
          of,
          (positive, negative) -> {
            anchors.add(own);
            positives.add(positive);
            negatives.add(negative);
          });
    }
    return new Triplets(anchors.toArray(), positives.toArray(), negatives.toArray());
  }
}
