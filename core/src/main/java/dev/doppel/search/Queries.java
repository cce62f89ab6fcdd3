package dev.doppel.search;

import java.util.stream.IntStream;

/**
 * Queries laid out for kernels: in groups of {@link Kernel#GROUP}, number by number. The last group
 * is filled up with zeros.
 *
 * @param count how many there are
 * @param values {@code [groups, dim, GROUP]}
 */
record Queries(int count, int dim, float[] values) {

  /** All queries of an array. */
  static Queries of(float[] rowMajor, int count, int dim) {
    return of(rowMajor, IntStream.range(0, count).toArray(), dim);
  }

  /** Some queries of an array. */
  static Queries of(float[] rowMajor, int[] chosen, int dim) {
    int groups = (chosen.length + Kernel.GROUP - 1) / Kernel.GROUP;
    float[] values = new float[Math.multiplyExact(groups * Kernel.GROUP, dim)];
    for (int q = 0; q < chosen.length; q++) {
      int to = q / Kernel.GROUP * Kernel.GROUP * dim + q % Kernel.GROUP;
      for (int d = 0, from = chosen[q] * dim; d < dim; d++, to += Kernel.GROUP) {
        values[to] = rowMajor[from + d];
      }
    }
    return new Queries(chosen.length, dim, values);
  }

  int groups() {
    return (count + Kernel.GROUP - 1) / Kernel.GROUP;
  }
}
