package dev.doppel.torch;

import dev.doppel.model.Head;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * What training makes small: a loss over a batch's embeddings, with the parameters of its own that
 * learn along.
 *
 * <p>Not thread-safe; owned by one trainer.
 */
interface Objective extends AutoCloseable {

  /** Parameters that learn with the network, by name; they outlive the step. */
  Map<String, Tensor> parameters();

  /**
   * The loss of a batch, a scalar.
   *
   * @param embeddings {@code [count, dim]}, 32 bits
   * @param targets what to compare
   * @param learned all that is learned by name, the network's weights and {@link #parameters()}:
   *     the tensors that this loss's gradients go to
   */
  Tensor loss(Tensor embeddings, Batch.Targets targets, Map<String, Tensor> learned);

  /** The head that scores pairs of embeddings trained this way. */
  Head head();

  /** The loss of a network that tells nothing apart; staying there is collapse. */
  double chanceLoss();

  @Override
  default void close() {
    parameters().values().forEach(Tensor::releaseReference);
  }
}
