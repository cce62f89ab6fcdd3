package dev.doppel.loss;

import dev.doppel.error.TrainingException;
import dev.doppel.model.Embeddings;

/** What no loss lets pass without a word. */
final class Refusals {

  private Refusals() {}

  /** Refuses embeddings that are no numbers, naming the first. */
  static void undefinedRows(String loss, String what, Embeddings embeddings) {
    float[] values = embeddings.values();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new TrainingException(
            "The %s loss was given %s of which row %d has %s in column %d"
                .formatted(loss, what, i / embeddings.dim(), values[i], i % embeddings.dim()),
            "All of them must be finite numbers",
            "Training has diverged: lower the learning rate, or stop at the step before");
      }
    }
  }

  static void undefined(String loss, double value, float[]... gradients) {
    boolean finite = Double.isFinite(value);
    for (float[] gradient : gradients) {
      for (float g : gradient) {
        finite &= Float.isFinite(g);
      }
    }
    if (!finite) {
      throw new TrainingException(
          "The %s loss is %s, or its gradient is no number".formatted(loss, value),
          "Both must be finite",
          "Scale the embeddings down or lay them on the unit sphere, or soften the loss's scale");
    }
  }

  static void empty(String loss, boolean empty, WhenEmpty whenEmpty) {
    if (empty && whenEmpty == WhenEmpty.REFUSE) {
      throw new TrainingException(
          "The %s loss found nothing to compare in a batch".formatted(loss),
          "It needs items of one class and of another, and a miner that keeps some of them",
          "Draw batches of P classes by K images, choose a milder miner, or count such batches"
              + " instead of refusing them");
    }
  }
}
