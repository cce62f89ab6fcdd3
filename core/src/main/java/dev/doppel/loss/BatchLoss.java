package dev.doppel.loss;

/**
 * A loss over the labelled embeddings of a batch. Implementations are immutable and thread-safe.
 *
 * <p>Work is spread over the threads of the fork-join pool that the caller runs in, else the common
 * one; results do not depend on their number. Memory grows with the square of the batch, at most.
 */
public interface BatchLoss extends MetricLoss {

  /**
   * Value and gradient.
   *
   * @throws dev.doppel.error.TrainingException if embeddings, value or gradient are no numbers, or
   *     there is nothing to compare and that is to be refused
   */
  LossResult of(LabelledBatch batch, WhenEmpty whenEmpty);

  /** Value and gradient; a batch with nothing to compare is refused. */
  default LossResult of(LabelledBatch batch) {
    return of(batch, WhenEmpty.REFUSE);
  }

  /** The same loss over embeddings divided by their length, its gradient by those before. */
  default BatchLoss onUnitSphere() {
    return new OnUnitSphere(this);
  }
}
