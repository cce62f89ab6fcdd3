package dev.doppel.torch;

import dev.doppel.network.Shape;
import java.nio.FloatBuffer;
import org.bytedeco.pytorch.Tensor;

/** The border between Java's arrays and libtorch's tensors. */
final class FloatTensors {

  private FloatTensors() {}

  /** A copy of {@code values} as a tensor. */
  static Tensor of(float[] values, long... dimensions) {
    return Tensor.create(values, dimensions);
  }

  /** A copy of {@code values} that outlives the scope of the step. */
  static Tensor keep(float[] values, Shape shape) {
    Tensor tensor = Tensor.create(values, shape.dimensions());
    tensor.retainReference();
    return tensor;
  }

  /** Zeros in the shape of another tensor, outliving the scope of the step. */
  static Tensor keepZerosLike(Tensor tensor) {
    Tensor zeros = Tensor.create(new float[(int) tensor.numel()], tensor.shape());
    zeros.retainReference();
    return zeros;
  }

  /** A copy of a tensor's numbers, row-major. */
  static float[] toArray(Tensor tensor) {
    Tensor flat = tensor.detach().contiguous();
    float[] values = new float[(int) flat.numel()];
    FloatBuffer buffer = flat.createBuffer();
    buffer.get(values);
    return values;
  }
}
