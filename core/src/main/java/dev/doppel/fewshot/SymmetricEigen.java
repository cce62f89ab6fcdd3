package dev.doppel.fewshot;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix: Householder's reflections make it
 * tridiagonal, shifted rotations (Golub and Van Loan, section 8.3) then diagonal.
 */
final class SymmetricEigen {

  private static final int ROTATIONS_A_VALUE = 60;
  private static final double EPSILON = Math.ulp(1.0);

  /** {@code [n]}, in no order. */
  final double[] values;

  /** {@code [n][n]}, the eigenvector of each value a row. */
  final double[][] vectors;

  /** Beside the diagonal while there is something beside it. */
  private final double[] beside;

  /**
   * @param matrix symmetric, {@code [n][n]}; it is overwritten
   */
  SymmetricEigen(double[][] matrix) {
    int n = matrix.length;
    values = new double[n];
    vectors = new double[n][n];
    beside = new double[Math.max(0, n - 1)];
    for (int i = 0; i < n; i++) {
      vectors[i][i] = 1;
    }
    tridiagonal(matrix);
    diagonal();
  }

  private void tridiagonal(double[][] a) {
    int n = a.length;
    for (int k = 0; k + 2 < n; k++) {
      double[] v = new double[n];
      double squares = 0;
      for (int i = k + 1; i < n; i++) {
        v[i] = a[i][k];
        squares += v[i] * v[i];
      }
      double length = Math.sqrt(squares);
      beside[k] = v[k + 1] > 0 ? -length : length;
      v[k + 1] -= beside[k];
      double half = (squares - a[k + 1][k] * beside[k]); // |v|² / 2
      if (half > 0) {
        reflect(a, v, half, k + 1);
      }
    }
    if (n > 1) {
      beside[n - 2] = a[n - 1][n - 2];
    }
    for (int i = 0; i < n; i++) {
      values[i] = a[i][i];
    }
  }

  /** Applies {@code I − v vᵀ / half} to rows and columns from {@code from}, and to the vectors. */
  private void reflect(double[][] a, double[] v, double half, int from) {
    int n = a.length;
    double[] w = new double[n];
    double along = 0;
    for (int i = from; i < n; i++) {
      double sum = 0;
      for (int j = from; j < n; j++) {
        sum += a[i][j] * v[j];
      }
      w[i] = sum / half;
      along += w[i] * v[i];
    }
    for (int i = from; i < n; i++) {
      w[i] -= along / (2 * half) * v[i];
    }
    for (int i = from; i < n; i++) {
      for (int j = from; j < n; j++) {
        a[i][j] -= v[i] * w[j] + w[i] * v[j];
      }
    }
    double[] sums = new double[n];
    for (int i = from; i < n; i++) {
      Dense.add(sums, v[i] / half, vectors[i]);
    }
    for (int i = from; i < n; i++) {
      Dense.add(vectors[i], -v[i], sums);
    }
  }

  private void diagonal() {
    int budget = ROTATIONS_A_VALUE * values.length;
    int high = values.length - 1;
    while (high > 0) {
      if (negligible(high - 1)) {
        high--;
        continue;
      }
      int low = high - 1;
      while (low > 0 && !negligible(low - 1)) {
        low--;
      }
      if (budget-- == 0) {
        throw new ArithmeticException("eigenvalues did not settle; is there a number missing?");
      }
      chase(low, high);
    }
  }

  private boolean negligible(int i) {
    if (Math.abs(beside[i]) <= EPSILON * (Math.abs(values[i]) + Math.abs(values[i + 1]))) {
      beside[i] = 0;
      return true;
    }
    return false;
  }

  /** One sweep of rotations from {@code low} to {@code high}. */
  private void chase(int low, int high) {
    double e = beside[high - 1];
    double delta = (values[high - 1] - values[high]) / 2;
    double root = Math.hypot(delta, e);
    double shift = values[high] - e * e / (delta < 0 ? delta - root : delta + root);
    double x = values[low] - shift;
    double z = beside[low];
    for (int k = low; k < high; k++) {
      double r = Math.hypot(x, z);
      double c = x / r;
      double s = z / r;
      if (k > low) {
        beside[k - 1] = r;
      }
      double first = values[k];
      double second = values[k + 1];
      double between = beside[k];
      values[k] = c * c * first + 2 * c * s * between + s * s * second;
      values[k + 1] = s * s * first - 2 * c * s * between + c * c * second;
      beside[k] = c * s * (second - first) + (c * c - s * s) * between;
      if (k + 1 < high) {
        x = beside[k];
        z = s * beside[k + 1];
        beside[k + 1] *= c;
      }
      rotate(vectors[k], vectors[k + 1], c, s);
    }
  }

  private static void rotate(double[] a, double[] b, double c, double s) {
    for (int i = 0; i < a.length; i++) {
      double old = a[i];
      a[i] = c * old + s * b[i];
      b[i] = c * b[i] - s * old;
    }
  }
}
