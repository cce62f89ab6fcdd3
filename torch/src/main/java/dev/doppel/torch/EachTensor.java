package dev.doppel.torch;

import java.util.Map;
import java.util.function.BiConsumer;
import org.bytedeco.pytorch.Tensor;

/** A way to go through many tensors and do the same to each; what comes out is the same in all. */
interface EachTensor {

  /** One after another, on the thread that asks. */
  EachTensor IN_TURN = Map::forEach;

  /**
   * Does the work, and returns when all is done.
   *
   * @param work what is done to a tensor of a name; none may touch what is another's
   */
  void forEach(Map<String, Tensor> tensors, BiConsumer<String, Tensor> work);
}
