package dev.doppel.network;

import java.util.Arrays;
import java.util.List;

/**
 * The lengths of a tensor's axes, without the batch.
 *
 * @param axes {@code [channels, height, width]} of a plane, {@code [features]} of a vector, or the
 *     axes of a weight
 */
public record Shape(List<Integer> axes) {

  public Shape {
    axes = List.copyOf(axes);
  }

  /** A shape of these axes. */
  public static Shape of(int... axes) {
    return new Shape(Arrays.stream(axes).boxed().toList());
  }

  /** The length of one axis. */
  public int axis(int index) {
    return axes.get(index);
  }

  /** The number of elements. */
  public int size() {
    return axes.stream().reduce(1, Math::multiplyExact);
  }

  /** The axes as libtorch and ONNX take them. */
  public long[] dimensions() {
    return axes.stream().mapToLong(Integer::longValue).toArray();
  }

  @Override
  public String toString() {
    return axes.toString();
  }
}
