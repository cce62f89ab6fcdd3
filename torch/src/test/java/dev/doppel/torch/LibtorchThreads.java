package dev.doppel.torch;

import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/** The threads libtorch computes with: one number for its own kernels and those of OpenBLAS. */
final class LibtorchThreads {

  private LibtorchThreads() {}

  static void use(int threads) {
    torch.set_num_threads(threads);
    openblas_nolapack.blas_set_num_threads(threads); // float products do not heed the line above
  }
}
