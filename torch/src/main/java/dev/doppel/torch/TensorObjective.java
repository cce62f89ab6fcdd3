package dev.doppel.torch;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * An objective written in libtorch's operations, which can be had of a part of a batch alone.
 *
 * <p>Not thread-safe; owned by one trainer.
 */
sealed interface TensorObjective extends Objective permits CosineSoftmax, KochVerification {

  /**
   * The loss of a batch, a scalar.
   *
   * @param embeddings {@code [count, dim]}, 32 bits
   * @param targets what to compare
   * @param learned all that is learned by name, the network's weights and {@link #parameters()}:
   *     the tensors that this loss's gradients go to
   */
  Tensor loss(Tensor embeddings, Batch.Targets targets, Map<String, Tensor> learned);
}
