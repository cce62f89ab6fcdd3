package dev.doppel.search;

import java.util.ServiceLoader;

/**
 * Makes kernels; found by {@link ServiceLoader}. The one in use is {@link #best()}, and each agrees
 * with {@link #plain()} to 1e-5 of the sum of the terms' sizes.
 */
public interface Kernels {

  /** What it computes with, for people to read. */
  String name();

  /** Numbers a register holds; the provider with most is taken. */
  int lanes();

  /** The kernel of a metric on rows of {@code dim} numbers. */
  Kernel kernel(Metric metric, int dim);

  /** Plain loops. */
  static Kernels plain() {
    return PlainKernels.INSTANCE;
  }

  /** The quickest this JVM has; chosen once. */
  static Kernels best() {
    return BestKernels.FOUND;
  }
}
