package dev.doppel.loss;

import dev.doppel.model.Embeddings;

/**
 * Embeddings made ready to be compared: on the unit sphere for cosines; moved so that the first
 * lies at 0 for distances, which changes none of them but keeps their small differences when all
 * lie far out.
 */
final class Points {

  final int count;
  final int dim;

  /** {@code [count][dim]}. */
  final float[][] rows;

  private final Measure measure;

  /** Length of each before it was divided by it; used for cosines. */
  private final float[] lengths;

  /** The rows of one matrix after those of another. */
  Points(Measure measure, Embeddings first, Embeddings second) {
    if (first.dim() != second.dim()) {
      throw new IllegalArgumentException(
          "embeddings of dimension " + first.dim() + " and of " + second.dim());
    }
    this.measure = measure;
    this.dim = first.dim();
    this.count = first.count() + second.count();
    this.rows = new float[count][dim];
    this.lengths = new float[measure == Similarity.COSINE ? count : 0];
    for (int i = 0; i < count; i++) {
      boolean early = i < first.count();
      int from = (early ? i : i - first.count()) * dim;
      System.arraycopy((early ? first : second).values(), from, rows[i], 0, dim);
    }
    if (measure == Similarity.COSINE) {
      for (int i = 0; i < count; i++) {
        lengths[i] = (float) UnitRows.divide(rows[i], 0, dim);
      }
    } else if (measure instanceof Distance && count > 0) {
      float[] origin = rows[0].clone();
      for (float[] row : rows) {
        for (int k = 0; k < dim; k++) {
          row[k] -= origin[k];
        }
      }
    }
  }

  /** Rows {@code from} to {@code to}, turned over: {@code [dim][to − from]}. */
  float[][] columns(int from, int to) {
    float[][] columns = new float[dim][to - from];
    for (int i = from; i < to; i++) {
      for (int k = 0; k < dim; k++) {
        columns[k][i - from] = rows[i][k];
      }
    }
    return columns;
  }

  /** Square of each row's length, summed in the order that {@link Product} sums. */
  float[] squares() {
    float[] squares = new float[count];
    for (int i = 0; i < count; i++) {
      float sum = 0;
      for (float x : rows[i]) {
        sum += x * x;
      }
      squares[i] = sum;
    }
    return squares;
  }

  /**
   * Turns part of a row of dot products into the measure itself.
   *
   * @param square of the row's own point
   * @param squares of the points it is compared with, by column
   */
  static void measured(
      Measure measure, float[] row, float square, float[] squares, int offset, int from, int to) {
    if (measure == Distance.EUCLIDEAN || measure == Distance.SQUARED_EUCLIDEAN) {
      for (int j = from; j < to; j++) {
        row[j] = Math.max(0f, (square + squares[j + offset]) - 2f * row[j]);
      }
    }
    if (measure == Distance.EUCLIDEAN) {
      for (int j = from; j < to; j++) {
        row[j] = (float) Math.sqrt(row[j]);
      }
    }
  }

  /**
   * How steeply the dot product, or half of the square, moves the measure: its inner derivative.
   */
  static float slopeOf(Measure measure, float score) {
    if (measure == Distance.EUCLIDEAN) {
      return score > 0 ? 1 / score : 0;
    }
    return measure == Distance.SQUARED_EUCLIDEAN ? 2 : 1;
  }

  /**
   * From the sums over the other points to the gradient of one.
   *
   * @param index of the point
   * @param sum over the others of slope times {@code other[k]}, or times the sign of the difference
   *     for the Manhattan distance, {@code [dim][…]}
   * @param column of the point in {@code sum}
   * @param total of the slopes
   */
  void finish(
      int index, float[][] sum, int column, double total, double scale, float[] gradient, int at) {
    float[] own = rows[index];
    boolean byDifference = measure instanceof Distance && measure != Distance.MANHATTAN;
    for (int k = 0; k < dim; k++) {
      double g = sum[k][column];
      gradient[at + k] = (float) (scale * (byDifference ? total * own[k] - g : g));
    }
    backThroughLength(index, gradient, at);
  }

  /** From the gradient by a unit row to that by the row before it was divided. */
  void backThroughLength(int index, float[] gradient, int at) {
    if (measure == Similarity.COSINE) {
      UnitRows.back(rows[index], 0, lengths[index], gradient, at, dim);
    }
  }
}
