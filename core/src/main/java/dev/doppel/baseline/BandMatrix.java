package dev.doppel.baseline;

import java.util.Arrays;

/** A symmetric, positive definite matrix that is zero away from its diagonal. Not thread-safe. */
final class BandMatrix {

  /** Keeps roots off zero where nothing holds an unknown in place. */
  private static final double LEAST_PIVOT = 1e-9;

  private final int size;
  private final int band;
  private final int stride;

  /** The lower half, {@code [size][band + 1]}; the diagonal last. */
  private final double[] values;

  /**
   * @param size rows and columns
   * @param band how far from the diagonal a value may stand
   */
  BandMatrix(int size, int band) {
    this.size = size;
    this.band = band;
    this.stride = band + 1;
    this.values = new double[size * stride];
  }

  void clear() {
    Arrays.fill(values, 0);
  }

  /** Adds to a value of the lower half, and so to its mirror image. */
  void add(int row, int column, double value) {
    values[row * band + band + column] += value; // row · stride + band − (row − column)
  }

  /**
   * Solves {@code this · x = right} by Cholesky's method, which uses this matrix up.
   *
   * @param x receives the solution
   */
  void solve(double[] right, double[] x) {
    factorise();
    for (int i = 0; i < size; i++) {
      double sum = right[i];
      int row = i * band + band;
      for (int k = Math.max(0, i - band); k < i; k++) {
        sum -= values[row + k] * x[k];
      }
      x[i] = sum / values[row + i];
    }
    for (int i = size - 1; i >= 0; i--) {
      double sum = x[i];
      for (int k = i + 1; k <= Math.min(size - 1, i + band); k++) {
        sum -= values[k * band + band + i] * x[k];
      }
      x[i] = sum / values[i * band + band + i];
    }
  }

  private void factorise() {
    for (int i = 0; i < size; i++) {
      int row = i * band + band;
      for (int j = Math.max(0, i - band); j <= i; j++) {
        int other = j * band + band;
        double sum = values[row + j];
        for (int k = Math.max(0, i - band); k < j; k++) {
          sum -= values[row + k] * values[other + k];
        }
        values[row + j] = i == j ? Math.sqrt(Math.max(sum, LEAST_PIVOT)) : sum / values[other + j];
      }
    }
  }
}
