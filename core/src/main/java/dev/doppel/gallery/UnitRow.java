package dev.doppel.gallery;

import dev.doppel.search.RowStack;

/** Rows of length 1, whose products are cosines. A row without length stays as it is. */
final class UnitRow {

  private UnitRow() {}

  static double length(float[] row) {
    double squares = 0;
    for (float value : row) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  /** What brings a row of this length to length 1; 0 if it has none. */
  private static double scale(double length) {
    return length == 0 ? 0 : 1 / length;
  }

  static float[] of(float[] row) {
    double scale = scale(length(row));
    float[] unit = new float[row.length];
    for (int k = 0; k < row.length; k++) {
      unit[k] = (float) (row[k] * scale);
    }
    return unit;
  }

  /** The mean of the unit rows at these places. */
  static float[] mean(RowStack rows, int[] slots, int count) {
    double[] sums = new double[0];
    for (int i = 0; i < count; i++) {
      float[] row = rows.row(slots[i]);
      double scale = scale(length(row));
      sums = i == 0 ? new double[row.length] : sums;
      for (int k = 0; k < row.length; k++) {
        sums[k] += row[k] * scale;
      }
    }
    float[] mean = new float[sums.length];
    for (int k = 0; k < mean.length; k++) {
      mean[k] = (float) (sums[k] / count);
    }
    return mean;
  }

  /** Moves a mean of {@code count − 1} unit rows to that of {@code count}. */
  static void move(float[] mean, float[] row, int count) {
    double scale = scale(length(row));
    for (int k = 0; k < row.length; k++) {
      mean[k] += (float) ((row[k] * scale - mean[k]) / count);
    }
  }
}
