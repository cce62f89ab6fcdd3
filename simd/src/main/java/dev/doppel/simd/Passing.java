package dev.doppel.simd;

import dev.doppel.search.Kernel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** What kernels do with finished sums: look whether any passes, and which. */
final class Passing {

  private static final int LANES = VectorKernels.SPECIES.length();

  private Passing() {}

  /** By how much the better of two sums is over the threshold, lane by lane. */
  static FloatVector over(FloatVector a, FloatVector b, float threshold) {
    return a.max(b).sub(threshold);
  }

  static boolean reaches(FloatVector sums, FloatVector threshold) {
    return sums.compare(VectorOperators.GE, threshold).anyTrue();
  }

  /** Writes which scores reach the thresholds of {@code count} queries. */
  static void mask(Kernel.Found found, float[] thresholds, int first, int count) {
    float[] scores = found.scores();
    for (int query = 0; query < count; query++) {
      FloatVector threshold =
          FloatVector.broadcast(VectorKernels.SPECIES, thresholds[first + query]);
      long mask = 0;
      for (int row = 0; row < Kernel.ROWS; row += LANES) {
        int at = query * Kernel.ROWS + row;
        if (reaches(FloatVector.fromArray(VectorKernels.SPECIES, scores, at), threshold)) {
          for (int lane = 0; lane < LANES; lane++) {
            mask |= (scores[at + lane] >= thresholds[first + query] ? 1L : 0L) << (row + lane);
          }
        }
      }
      found.masks()[query] = mask;
    }
  }
}
