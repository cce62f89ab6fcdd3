package dev.doppel.loss;

import dev.doppel.model.Embeddings;

/**
 * One anchor and one positive of each class, as N-pair losses want them: the first two rows of each
 * label that has two. Rows beyond take no part.
 */
final class PairedRows {

  /** Row of each pair's anchor in the batch. */
  final int[] anchors;

  /** Row of each pair's positive in the batch. */
  final int[] positives;

  private final Embeddings batch;

  PairedRows(LabelledBatch batch) {
    this.batch = batch.embeddings();
    IntList first = new IntList();
    IntList second = new IntList();
    for (int[] members : new Classes(batch.labels(), new int[0]).members) {
      if (members.length > 1) {
        first.add(members[0]);
        second.add(members[1]);
      }
    }
    this.anchors = first.toArray();
    this.positives = second.toArray();
  }

  int count() {
    return anchors.length;
  }

  /** Dot products of all anchors, then all positives, with each other. */
  Scores scores() {
    int dim = batch.dim();
    float[] rows = new float[2 * count() * dim];
    for (int i = 0; i < count(); i++) {
      System.arraycopy(batch.values(), anchors[i] * dim, rows, i * dim, dim);
      System.arraycopy(batch.values(), positives[i] * dim, rows, (count() + i) * dim, dim);
    }
    return new Scores(Similarity.DOT, new Embeddings(dim, rows), new Embeddings(dim, new float[0]));
  }

  /** A gradient by these rows as one by those of the batch. */
  float[] spread(float[] gradient) {
    int dim = batch.dim();
    float[] spread = new float[batch.values().length];
    for (int i = 0; i < count(); i++) {
      System.arraycopy(gradient, i * dim, spread, anchors[i] * dim, dim);
      System.arraycopy(gradient, (count() + i) * dim, spread, positives[i] * dim, dim);
    }
    return spread;
  }
}
