package dev.doppel.loss;

/** Rows divided by their length, and the way back for a gradient. */
final class UnitRows {

  private UnitRows() {}

  /** Divides a row by its length, which it returns; a row without length stays 0. */
  static double divide(float[] values, int at, int dim) {
    double squares = 0;
    for (int k = 0; k < dim; k++) {
      squares += (double) values[at + k] * values[at + k];
    }
    double length = Math.sqrt(squares);
    if (length > 0) {
      for (int k = 0; k < dim; k++) {
        values[at + k] = (float) (values[at + k] / length);
      }
    }
    return length;
  }

  /**
   * Turns the gradient by a unit row into that by the row before: what points along it is taken
   * out, the rest divided by the length. A row that had no length gets 0.
   */
  static void back(float[] unit, int at, double length, float[] gradient, int gradientAt, int dim) {
    double along = 0;
    for (int k = 0; k < dim; k++) {
      along += (double) unit[at + k] * gradient[gradientAt + k];
    }
    for (int k = 0; k < dim; k++) {
      double across = gradient[gradientAt + k] - along * unit[at + k];
      gradient[gradientAt + k] = length > 0 ? (float) (across / length) : 0;
    }
  }
}
