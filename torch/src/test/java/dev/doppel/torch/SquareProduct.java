package dev.doppel.torch;

import dev.doppel.network.Shape;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** The product of two square matrices on libtorch: the yardstick of what a machine can do. */
public final class SquareProduct implements AutoCloseable {

  private final int side;
  private final Tensor left;
  private final Tensor right;

  /**
   * @param side rows and columns of each matrix
   * @param precision of the matrices and their product
   */
  public SquareProduct(int side, Precision precision) {
    this.side = side;
    this.left = matrix(side, precision, Seed.of(1));
    this.right = matrix(side, precision, Seed.of(2));
  }

  private static Tensor matrix(int side, Precision precision, Seed seed) {
    Draws draws = seed.draws();
    float[] values = new float[side * side];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) draws.between(-1, 1);
    }
    Tensor matrix = FloatTensors.keep(values, Shape.of(side, side));
    if (precision.resolved() != Precision.BFLOAT16) {
      return matrix;
    }
    try (PointerScope scope = new PointerScope()) {
      Tensor cast = precision.resolved().cast(matrix);
      cast.retainReference();
      matrix.releaseReference();
      return cast;
    }
  }

  /**
   * Multiplies once.
   *
   * @param threads that libtorch uses
   * @return the first element
   */
  public double take(int threads) {
    LibtorchThreads.use(threads);
    try (PointerScope scope = new PointerScope()) {
      return left.matmul(right).select(0, 0).select(0, 0).item_float();
    }
  }

  /** Floating-point operations of a product, two a multiply-add. */
  public double operations() {
    return 2.0 * side * side * side;
  }

  @Override
  public void close() {
    left.releaseReference();
    right.releaseReference();
  }
}
