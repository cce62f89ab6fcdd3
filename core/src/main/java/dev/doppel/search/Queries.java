package dev.doppel.search;

/**
 * Queries laid out for kernels: in groups of {@link Kernel#GROUP}, number by number. The last group
 * is filled up with zeros.
 *
 * @param count how many there are
 * @param values {@code [groups, dim, GROUP]}
 */
record Queries(int count, int dim, float[] values) {

  static Queries of(float[] rowMajor, int count, int dim) {
    int groups = (count + Kernel.GROUP - 1) / Kernel.GROUP;
    float[] values = new float[Math.multiplyExact(groups * Kernel.GROUP, dim)];
    for (int q = 0; q < count; q++) {
      copy(rowMajor, q * dim, values, q, dim);
    }
    return new Queries(count, dim, values);
  }

  /** Writes a query to its place in an array of groups. */
  static void copy(float[] from, int at, float[] groups, int query, int dim) {
    int to = query / Kernel.GROUP * Kernel.GROUP * dim + query % Kernel.GROUP;
    for (int d = 0; d < dim; d++, to += Kernel.GROUP) {
      groups[to] = from[at + d];
    }
  }

  int groups() {
    return (count + Kernel.GROUP - 1) / Kernel.GROUP;
  }
}
