package dev.doppel.torch;

import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The engine under the networks. */
public final class Libtorch {

  private Libtorch() {}

  /**
   * Keeps the matrix library beneath to the thread that calls it.
   *
   * <p>OpenBLAS's own threads wait by spinning, and what they spin away is missing elsewhere: with
   * them a step of the small encoder took 1.6 times as long. Convolutions do not use them.
   */
  static void calm() {
    openblas_nolapack.blas_set_num_threads(1);
  }

  /**
   * Keeps libtorch to the thread that calls it, and this thread alone: for whoever does many small
   * things side by side.
   */
  static void alone() {
    calm();
    torch.set_num_threads(1);
  }

  /** Its version and that of its bindings, such as {@code 2.10.0-1.5.13}; loads no native code. */
  public static String version() {
    String version = Tensor.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}
