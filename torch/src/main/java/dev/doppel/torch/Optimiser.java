package dev.doppel.torch;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Moves parameters against their gradients, and then forgets the gradients.
 *
 * <p>Ours rather than libtorch's because a resumed run must continue with all bits, and these keep
 * their whole state in tensors that a checkpoint can hold.
 */
interface Optimiser extends AutoCloseable {

  /**
   * One step.
   *
   * @param epoch the epoch, from 0
   * @param progress share of the whole run that is done, 0 to 1
   */
  void step(int epoch, double progress);

  /** All that must be saved to continue, by name; the tensors are the optimiser's own. */
  Map<String, Tensor> state();

  @Override
  default void close() {
    state().values().forEach(Tensor::releaseReference);
  }
}
