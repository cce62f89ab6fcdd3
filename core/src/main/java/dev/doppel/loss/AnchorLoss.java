package dev.doppel.loss;

/**
 * A loss that compares each item of a batch, the anchor, with others, but not those with each
 * other. The others may therefore come from earlier batches: see {@link CrossBatchMemory}.
 */
public interface AnchorLoss extends BatchLoss {

  /**
   * Value and gradient where the items of a batch are compared with each other and with a memory.
   *
   * @param memory more rows to compare with; they are no anchors, and no gradient goes to them
   */
  LossResult of(LabelledBatch batch, LabelledBatch memory, WhenEmpty whenEmpty);

  @Override
  default LossResult of(LabelledBatch batch, WhenEmpty whenEmpty) {
    return of(batch, LabelledBatch.none(batch.embeddings().dim()), whenEmpty);
  }

  @Override
  default AnchorLoss onUnitSphere() {
    return new OnUnitSphere.OfAnchors(this);
  }
}
