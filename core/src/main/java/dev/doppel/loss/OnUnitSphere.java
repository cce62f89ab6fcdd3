package dev.doppel.loss;

import dev.doppel.model.Embeddings;

/**
 * A loss over embeddings divided by their length; the gradient is by those before. An embedding
 * without length stays 0 and gets no gradient.
 *
 * @param loss what to compute there
 */
record OnUnitSphere(BatchLoss loss) implements BatchLoss {

  @Override
  public String name() {
    return loss.name();
  }

  @Override
  public Measure measure() {
    return loss.measure() == Similarity.DOT ? Similarity.COSINE : loss.measure();
  }

  @Override
  public LossResult of(LabelledBatch batch, WhenEmpty whenEmpty) {
    Refusals.undefinedRows(name(), "a batch", batch.embeddings());
    Divided divided = Divided.of(batch.embeddings());
    return divided.back(loss.of(batch.with(divided.unit()), whenEmpty));
  }

  /**
   * The same for a loss that may look at a memory.
   *
   * @param loss what to compute there
   */
  record OfAnchors(AnchorLoss loss) implements AnchorLoss {

    @Override
    public String name() {
      return loss.name();
    }

    @Override
    public Measure measure() {
      return new OnUnitSphere(loss).measure();
    }

    @Override
    public LossResult of(LabelledBatch batch, LabelledBatch memory, WhenEmpty whenEmpty) {
      Refusals.undefinedRows(name(), "a batch", batch.embeddings());
      Divided divided = Divided.of(batch.embeddings());
      Embeddings remembered = Divided.of(memory.embeddings()).unit();
      LabelledBatch unit = batch.with(divided.unit());
      return divided.back(loss.of(unit, memory.with(remembered), whenEmpty));
    }
  }

  /**
   * Embeddings and what they were divided by.
   *
   * @param unit of length 1 each
   * @param lengths of those before
   */
  private record Divided(Embeddings unit, double[] lengths) {

    static Divided of(Embeddings embeddings) {
      int dim = embeddings.dim();
      float[] values = embeddings.values().clone();
      double[] lengths = new double[embeddings.count()];
      for (int i = 0; i < lengths.length; i++) {
        lengths[i] = UnitRows.divide(values, i * dim, dim);
      }
      return new Divided(new Embeddings(dim, values), lengths);
    }

    LossResult back(LossResult result) {
      int dim = unit.dim();
      for (int i = 0; i < lengths.length; i++) {
        UnitRows.back(unit.values(), i * dim, lengths[i], result.gradient(), i * dim, dim);
      }
      return result;
    }
  }
}
