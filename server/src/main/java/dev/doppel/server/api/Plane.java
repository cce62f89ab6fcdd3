package dev.doppel.server.api;

import java.util.List;

/**
 * Rows on the plane of their first two principal components, scaled into −1 … 1.
 *
 * <p>Found by power iteration on the covariance, {@code [dim, dim]}: a few milliseconds for what a
 * screen can show. Deterministic.
 */
final class Plane {

  private static final int STEPS = 200;
  private static final double CLOSE = 1e-10;

  private final double[] x;
  private final double[] y;
  private final double explained;

  private Plane(double[] x, double[] y, double explained) {
    this.x = x;
    this.y = y;
    this.explained = explained;
  }

  /**
   * @param rows {@code [dim]} each
   */
  static Plane of(List<float[]> rows) {
    int count = rows.size();
    if (count == 0) {
      return new Plane(new double[0], new double[0], 0);
    }
    int dim = rows.get(0).length;
    double[][] centred = centred(rows, dim);
    double[][] covariance = covariance(centred, dim);
    double total = 0;
    for (int i = 0; i < dim; i++) {
      total += covariance[i][i];
    }
    double[] first = new double[dim];
    double[] second = new double[dim];
    double share = component(covariance, first);
    deflate(covariance, first, share);
    share += component(covariance, second);
    double[] x = project(centred, first);
    double[] y = project(centred, second);
    double largest = 0;
    for (int i = 0; i < count; i++) {
      largest = Math.max(largest, Math.max(Math.abs(x[i]), Math.abs(y[i])));
    }
    if (largest > 0) {
      for (int i = 0; i < count; i++) {
        x[i] /= largest;
        y[i] /= largest;
      }
    }
    return new Plane(x, y, total > 0 ? Math.min(1, share / total) : 0);
  }

  double x(int row) {
    return x[row];
  }

  double y(int row) {
    return y[row];
  }

  /** The share of all variance that the plane shows, 0 to 1. */
  double explained() {
    return explained;
  }

  private static double[][] centred(List<float[]> rows, int dim) {
    double[] mean = new double[dim];
    for (float[] row : rows) {
      for (int i = 0; i < dim; i++) {
        mean[i] += row[i] / rows.size();
      }
    }
    double[][] centred = new double[rows.size()][dim];
    for (int r = 0; r < centred.length; r++) {
      for (int i = 0; i < dim; i++) {
        centred[r][i] = rows.get(r)[i] - mean[i];
      }
    }
    return centred;
  }

  private static double[][] covariance(double[][] rows, int dim) {
    double[][] sum = new double[dim][dim];
    for (double[] row : rows) {
      for (int i = 0; i < dim; i++) {
        for (int j = 0; j <= i; j++) {
          sum[i][j] += row[i] * row[j] / rows.length;
        }
      }
    }
    for (int i = 0; i < dim; i++) {
      for (int j = 0; j < i; j++) {
        sum[j][i] = sum[i][j];
      }
    }
    return sum;
  }

  /** Finds the direction of most variance; how much it is. */
  private static double component(double[][] matrix, double[] direction) {
    int start = 0;
    for (int i = 0; i < matrix.length; i++) {
      if (matrix[i][i] > matrix[start][start]) {
        start = i;
      }
    }
    System.arraycopy(matrix[start], 0, direction, 0, direction.length);
    if (normalise(direction) == 0) {
      return 0;
    }
    double value = 0;
    for (int step = 0; step < STEPS; step++) {
      double[] next = new double[direction.length];
      for (int i = 0; i < next.length; i++) {
        for (int j = 0; j < next.length; j++) {
          next[i] += matrix[i][j] * direction[j];
        }
      }
      double before = value;
      value = normalise(next);
      if (value == 0) {
        break;
      }
      System.arraycopy(next, 0, direction, 0, next.length);
      if (Math.abs(value - before) <= CLOSE * value) {
        break;
      }
    }
    return value;
  }

  /** Gives a vector unit length, its largest part upwards; the length it had. */
  private static double normalise(double[] vector) {
    double sum = 0;
    double largest = 0;
    for (double each : vector) {
      sum += each * each;
      if (Math.abs(each) > Math.abs(largest)) {
        largest = each;
      }
    }
    double length = Math.sqrt(sum);
    if (length > 0) {
      double scale = (largest < 0 ? -1 : 1) / length;
      for (int i = 0; i < vector.length; i++) {
        vector[i] *= scale;
      }
    }
    return length;
  }

  private static void deflate(double[][] matrix, double[] direction, double value) {
    for (int i = 0; i < direction.length; i++) {
      for (int j = 0; j < direction.length; j++) {
        matrix[i][j] -= value * direction[i] * direction[j];
      }
    }
  }

  private static double[] project(double[][] rows, double[] direction) {
    double[] at = new double[rows.length];
    for (int r = 0; r < rows.length; r++) {
      for (int i = 0; i < direction.length; i++) {
        at[r] += rows[r][i] * direction[i];
      }
    }
    return at;
  }
}
