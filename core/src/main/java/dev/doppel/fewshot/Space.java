package dev.doppel.fewshot;

import dev.doppel.model.Embeddings;

/** How rows are looked at, and what is close among them; higher is closer. */
public enum Space {
  /** Rows of unit length; the cosine. A row without length stays 0. */
  COSINE,
  /** Rows as they are; the squared Euclidean distance, negated. */
  EUCLIDEAN;

  /** The rows in double precision, {@code [count][dim]}. */
  double[][] points(Embeddings rows) {
    int dim = rows.dim();
    double[][] points = new double[rows.count()][dim];
    for (int i = 0; i < points.length; i++) {
      for (int k = 0; k < dim; k++) {
        points[i][k] = rows.values()[i * dim + k];
      }
      settle(points[i]);
    }
    return points;
  }

  /** Brings a point to where this space has its points. */
  void settle(double[] point) {
    if (this == COSINE) {
      double length = Math.sqrt(Dense.dot(point, point));
      if (length > 0) {
        Dense.scale(point, 1 / length);
      }
    }
  }

  /** How close two settled points are. */
  double closeness(double[] a, double[] b) {
    if (this == COSINE) {
      return Dense.dot(a, b);
    }
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      double d = a[k] - b[k];
      sum += d * d;
    }
    return -sum;
  }

  /** How close each of some points is to each of others. */
  double[][] closeness(double[][] some, double[][] others) {
    double[][] all = new double[some.length][others.length];
    for (int i = 0; i < some.length; i++) {
      for (int j = 0; j < others.length; j++) {
        all[i][j] = closeness(some[i], others[j]);
      }
    }
    return all;
  }
}
