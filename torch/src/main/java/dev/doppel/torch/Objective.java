package dev.doppel.torch;

import dev.doppel.model.Head;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * What training makes small: a loss over a batch's embeddings, with the parameters of its own that
 * learn along. It is had of each part of a batch ({@link TensorObjective}) or of all of it together
 * ({@link MetricObjective}).
 *
 * <p>Not thread-safe; owned by one trainer.
 */
sealed interface Objective extends AutoCloseable permits TensorObjective, MetricObjective {

  /** Parameters that learn with the network, by name; they outlive the step. */
  Map<String, Tensor> parameters();

  /** The head that scores pairs of embeddings trained this way. */
  Head head();

  /** The loss of a network that tells nothing apart; NaN where that depends on the batch. */
  double chanceLoss();

  @Override
  default void close() {
    parameters().values().forEach(Tensor::releaseReference);
  }
}
