package dev.doppel.fewshot;

/** Sums over arrays of numbers. */
final class Dense {

  private Dense() {}

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  /** {@code to += factor · from}. */
  static void add(double[] to, double factor, double[] from) {
    for (int k = 0; k < to.length; k++) {
      to[k] += factor * from[k];
    }
  }

  static void scale(double[] values, double factor) {
    for (int k = 0; k < values.length; k++) {
      values[k] *= factor;
    }
  }

  /** The mean of the rows, {@code [dim]}. */
  static double[] mean(double[][] rows, int dim) {
    double[] mean = new double[dim];
    for (double[] row : rows) {
      add(mean, 1.0 / rows.length, row);
    }
    return mean;
  }

  /** log Σ exp of the values. */
  static double logSumExp(double[] values) {
    double highest = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      highest = Math.max(highest, value);
    }
    double sum = 0;
    for (double value : values) {
      sum += Math.exp(value - highest);
    }
    return highest + Math.log(sum);
  }
}
