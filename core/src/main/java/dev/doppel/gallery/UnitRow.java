package dev.doppel.gallery;

import dev.doppel.model.Embeddings;

/** Rows of length 1, whose products are cosines. A row without length stays as it is. */
final class UnitRow {

  private UnitRow() {}

  /** What brings a row to length 1; 0 if it has no length. */
  static float scale(float[] row) {
    return (float) scale(row, 0, row.length);
  }

  private static double scale(float[] values, int from, int dim) {
    double squares = 0;
    for (int k = from; k < from + dim; k++) {
      squares += (double) values[k] * values[k];
    }
    return squares == 0 ? 0 : 1 / Math.sqrt(squares);
  }

  static float[] of(float[] row) {
    double scale = scale(row, 0, row.length);
    float[] unit = new float[row.length];
    for (int k = 0; k < row.length; k++) {
      unit[k] = (float) (row[k] * scale);
    }
    return unit;
  }

  /** The mean of the unit rows at these places. */
  static float[] mean(RowPages rows, int[] slots, int count) {
    int dim = rows.pageOf(slots[0]).dim();
    double[] sums = new double[dim];
    for (int i = 0; i < count; i++) {
      Embeddings page = rows.pageOf(slots[i]);
      int from = rows.within(slots[i]) * dim;
      double scale = scale(page.values(), from, dim);
      for (int k = 0; k < dim; k++) {
        sums[k] += page.values()[from + k] * scale;
      }
    }
    float[] mean = new float[dim];
    for (int k = 0; k < dim; k++) {
      mean[k] = (float) (sums[k] / count);
    }
    return mean;
  }

  /** Moves a mean of {@code count − 1} unit rows to that of {@code count}. */
  static void move(float[] mean, float[] row, int count) {
    double scale = scale(row, 0, row.length);
    for (int k = 0; k < row.length; k++) {
      mean[k] += (float) ((row[k] * scale - mean[k]) / count);
    }
  }
}
