package dev.doppel.torch;

import org.bytedeco.pytorch.Tensor;

/** The engine under the networks. */
public final class Libtorch {

  private Libtorch() {}

  /** Its version and that of its bindings, such as {@code 2.10.0-1.5.13}; loads no native code. */
  public static String version() {
    String version = Tensor.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}
