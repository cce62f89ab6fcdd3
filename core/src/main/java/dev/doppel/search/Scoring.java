package dev.doppel.search;

import dev.doppel.error.OptionException;

/** A metric on rows of one length, with the kernel that computes it. Immutable and thread-safe. */
final class Scoring {

  final Metric metric;
  final int dim;
  final Kernel kernel;
  private final boolean euclidean;
  private final float bias;

  Scoring(Metric metric, int dim, Kernels kernels) {
    OptionException.require(dim >= 1, "dim", dim, "at least 1");
    if (metric instanceof Metric.WeightedL1 l1) {
      Checks.length(l1.weights().length, dim);
      bias = l1.bias();
    } else {
      bias = 0;
    }
    this.metric = metric;
    this.dim = dim;
    this.kernel = kernels.kernel(metric, dim);
    euclidean = metric instanceof Metric.Euclidean;
  }

  /** The metric's score from the kernel's. */
  float finish(float score) {
    return euclidean ? -(float) Math.sqrt(-score) : score + bias;
  }
}
