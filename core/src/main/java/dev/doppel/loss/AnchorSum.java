package dev.doppel.loss;

import java.util.function.Supplier;

/** What all losses do that sum over the scores of each anchor. */
final class AnchorSum {

  private AnchorSum() {}

  static LossResult of(
      AnchorLoss loss,
      Reduction reduction,
      LabelledBatch batch,
      LabelledBatch memory,
      WhenEmpty whenEmpty,
      Supplier<Scores.Term> terms) {
    Refusals.undefinedRows(loss.name(), "a batch", batch.embeddings());
    Refusals.undefinedRows(loss.name(), "a memory", memory.embeddings());
    Scores scores = new Scores(loss.measure(), batch.embeddings(), memory.embeddings());
    Classes classes = new Classes(batch.labels(), memory.labels());
    Tally tally = scores.sum(classes, batch.seed(), terms);
    float[] gradient = scores.gradient(1.0 / tally.divisor(reduction));
    return tally.result(reduction, gradient).checked(loss.name(), whenEmpty);
  }
}
