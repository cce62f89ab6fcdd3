package dev.doppel.fewshot;

/**
 * Examples moved to have their mean at 0, in coordinates along the directions in which they differ:
 * {@code X − mean = U · diag(s) · Vᵀ}. Fewer examples than dimensions need no more coordinates than
 * examples.
 */
final class CentredRows {

  /** Directions whose variance is less than this share of the largest are rounding. */
  private static final double ROUNDING = 1e-12;

  final double[] mean;

  /** Squares of s, {@code [rank]}. */
  final double[] squares;

  /** U, {@code [count][rank]}; its columns have unit length and sum to 0. */
  final double[][] left;

  /** V, {@code [rank][dim]}, a direction a row. */
  private final double[][] directions;

  CentredRows(double[][] points, int dim) {
    mean = Dense.mean(points, dim);
    double[][] x = new double[points.length][];
    for (int i = 0; i < x.length; i++) {
      x[i] = points[i].clone();
      Dense.add(x[i], -1, mean);
    }
    boolean few = x.length <= dim;
    SymmetricEigen eigen = new SymmetricEigen(few ? products(x) : products(turned(x, dim)));
    double largest = 0;
    for (double value : eigen.values) {
      largest = Math.max(largest, value);
    }
    int rank = 0;
    int[] kept = new int[eigen.values.length];
    for (int i = 0; i < kept.length; i++) {
      if (eigen.values[i] > ROUNDING * largest) {
        kept[rank++] = i;
      }
    }
    squares = new double[rank];
    left = new double[x.length][rank];
    directions = new double[rank][dim];
    for (int r = 0; r < rank; r++) {
      squares[r] = eigen.values[kept[r]];
      double[] vector = eigen.vectors[kept[r]];
      double s = Math.sqrt(squares[r]);
      if (!few) {
        directions[r] = vector;
      }
      for (int i = 0; i < x.length; i++) {
        if (few) {
          left[i][r] = vector[i];
          Dense.add(directions[r], vector[i] / s, x[i]);
        } else {
          left[i][r] = Dense.dot(x[i], vector) / s;
        }
      }
    }
  }

  private static double[][] products(double[][] rows) {
    double[][] products = new double[rows.length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j <= i; j++) {
        products[i][j] = Dense.dot(rows[i], rows[j]);
        products[j][i] = products[i][j];
      }
    }
    return products;
  }

  private static double[][] turned(double[][] rows, int dim) {
    double[][] turned = new double[dim][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < dim; k++) {
        turned[k][i] = rows[i][k];
      }
    }
    return turned;
  }

  int rank() {
    return squares.length;
  }

  /** The mean square of a centred row's length: the scale that penalties are tried at. */
  double scale() {
    double sum = 0;
    for (double square : squares) {
      sum += square;
    }
    return sum / left.length;
  }

  /** Each row's coordinates, {@code [count][rank]}. */
  double[][] coordinates() {
    double[][] coordinates = new double[left.length][rank()];
    for (int i = 0; i < left.length; i++) {
      for (int r = 0; r < rank(); r++) {
        coordinates[i][r] = left[i][r] * Math.sqrt(squares[r]);
      }
    }
    return coordinates;
  }

  /** From weights by coordinate, {@code [rank]}, to weights by dimension, {@code [dim]}. */
  double[] unfolded(double[] byCoordinate) {
    double[] weights = new double[mean.length];
    for (int r = 0; r < rank(); r++) {
      Dense.add(weights, byCoordinate[r], directions[r]);
    }
    return weights;
  }
}
