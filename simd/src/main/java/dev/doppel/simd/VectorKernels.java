package dev.doppel.simd;

import dev.doppel.search.Kernel;
import dev.doppel.search.Kernels;
import dev.doppel.search.Metric;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Kernels on the Vector API, in the widest registers the processor has. Loading this class fails in
 * a JVM that was started without {@code --add-modules jdk.incubator.vector}.
 */
public final class VectorKernels implements Kernels {

  static final VectorSpecies<Float> SPECIES = widest();

  private static VectorSpecies<Float> widest() {
    VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
    return preferred.length() > FloatVector.SPECIES_512.length()
        ? FloatVector.SPECIES_512 // two registers and no more than a panel
        : preferred;
  }

  @Override
  public String name() {
    return "Vector API, " + SPECIES.vectorBitSize() + " bits";
  }

  @Override
  public int lanes() {
    return SPECIES.length();
  }

  @Override
  public Kernel kernel(Metric metric, int dim) {
    if (metric instanceof Metric.WeightedL1 l1) {
      return new WeightedL1Kernel(dim, l1.weights());
    }
    return metric instanceof Metric.Euclidean ? new SquaresKernel(dim) : new ProductKernel(dim);
  }
}
