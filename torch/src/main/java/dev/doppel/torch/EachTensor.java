package dev.doppel.torch;

import java.util.Map;
import java.util.function.BiConsumer;
import org.bytedeco.pytorch.Tensor;

/** A way to do the same to each of many tensors, whose numbers do not depend on the way. */
interface EachTensor {

  /** One after another, on the thread that asks. */
  EachTensor IN_TURN = Map::forEach;

  /**
   * Does the work, and returns when all is done.
   *
   * @param work what is done to a tensor of a name; none may touch what is another's
   */
  void of(Map<String, Tensor> tensors, BiConsumer<String, Tensor> work);
}
