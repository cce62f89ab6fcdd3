package dev.doppel.loss;

import dev.doppel.error.OptionException;
import dev.doppel.model.Embeddings;
import java.util.Arrays;

/**
 * The embeddings of the last batches, for a loss to compare the next one with (Wang et al. 2020).
 * The oldest make room for the newest.
 *
 * <p>A batch is compared with itself and with what came before it; it joins the memory afterwards,
 * so that nothing is compared with its own copy. Embeddings age as the network learns: keep few
 * while it learns fast. Not thread-safe; owned by one trainer.
 */
public final class CrossBatchMemory {

  private final AnchorLoss loss;
  private final int capacity;
  private float[] values = new float[0];
  private int[] labels = new int[0];

  /**
   * @param loss one that compares anchors with others, but not the others with each other
   * @param capacity how many embeddings to remember
   */
  public CrossBatchMemory(AnchorLoss loss, int capacity) {
    OptionException.require(capacity >= 1, "memory.capacity", capacity, "at least 1");
    this.loss = loss;
    this.capacity = capacity;
  }

  /** How many embeddings are remembered. */
  public int size() {
    return labels.length;
  }

  /** Value and gradient of a batch, which is remembered afterwards. */
  public LossResult of(LabelledBatch batch, WhenEmpty whenEmpty) {
    int dim = batch.embeddings().dim();
    LabelledBatch memory = LabelledBatch.of(new Embeddings(dim, values), labels);
    LossResult result = loss.of(batch, memory, whenEmpty);
    remember(batch);
    return result;
  }

  /** What is remembered, the oldest first. */
  public LabelledBatch contents() {
    int dim = labels.length == 0 ? 1 : values.length / labels.length;
    return LabelledBatch.of(new Embeddings(dim, values), labels);
  }

  /**
   * Remembers exactly this, as a run does that goes on.
   *
   * @param contents what {@link #contents} gave
   */
  public void restore(LabelledBatch contents) {
    OptionException.require(
        contents.count() <= capacity, "memory.capacity", capacity, "at least " + contents.count());
    values = contents.embeddings().values().clone();
    labels = contents.labels().clone();
  }

  /** Forgets everything, as after a change of the network. */
  public void clear() {
    values = new float[0];
    labels = new int[0];
  }

  private void remember(LabelledBatch batch) {
    int dim = batch.embeddings().dim();
    int fresh = Math.min(capacity, batch.count());
    int kept = Math.min(capacity - fresh, labels.length);
    int[] newLabels = Arrays.copyOfRange(labels, labels.length - kept, labels.length + fresh);
    float[] newValues =
        Arrays.copyOfRange(values, values.length - kept * dim, values.length + fresh * dim);
    System.arraycopy(batch.labels(), batch.count() - fresh, newLabels, kept, fresh);
    System.arraycopy(
        batch.embeddings().values(),
        (batch.count() - fresh) * dim,
        newValues,
        kept * dim,
        fresh * dim);
    labels = newLabels;
    values = newValues;
  }
}
