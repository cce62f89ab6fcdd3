package dev.doppel.loss;

/**
 * Products of matrices whose rows are arrays, in loops that the compiler turns into vector code.
 *
 * <p>Each element is a plain sum in the order of k, whatever the blocks: two equal columns give
 * equal sums to the last bit. Four rows of the right-hand matrix at a time is as many as the
 * compiler still vectorises.
 */
final class Product {

  /** Any normal number times this is beyond 1; a sign made this way is vector code. */
  private static final float LARGE = 1e38f;

  private Product() {}

  /**
   * {@code c[r][j] += Σₖ a[r][k] · b[k][j]} for k below {@code depth}.
   *
   * @param rowFrom first row r
   * @param rowTo past the last row
   * @param from first column j
   * @param to past the last column
   */
  static void add(
      float[][] a, float[][] b, float[][] c, int depth, int rowFrom, int rowTo, int from, int to) {
    int k = 0;
    for (; k + 4 <= depth; k += 4) {
      for (int r = rowFrom; r < rowTo; r++) {
        float[] x = a[r];
        four(
            x[k], x[k + 1], x[k + 2], x[k + 3], b[k], b[k + 1], b[k + 2], b[k + 3], c[r], from, to);
      }
    }
    for (; k < depth; k++) {
      for (int r = rowFrom; r < rowTo; r++) {
        one(a[r][k], b[k], c[r], from, to);
      }
    }
  }

  private static void four(
      float a0,
      float a1,
      float a2,
      float a3,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] b3,
      float[] c,
      int from,
      int to) {
    for (int j = from; j < to; j++) {
      c[j] = (((c[j] + a0 * b0[j]) + a1 * b1[j]) + a2 * b2[j]) + a3 * b3[j];
    }
  }

  private static void one(float a, float[] b, float[] c, int from, int to) {
    for (int j = from; j < to; j++) {
      c[j] += a * b[j];
    }
  }

  /** {@code c[r][j] += Σₖ |a[r][k] − b[k][j]|}, else as {@link #add}. */
  static void addDifferences(
      float[][] a, float[][] b, float[][] c, int depth, int rowFrom, int rowTo, int from, int to) {
    for (int k = 0; k < depth; k++) {
      for (int r = rowFrom; r < rowTo; r++) {
        difference(a[r][k], b[k], c[r], from, to);
      }
    }
  }

  private static void difference(float a, float[] b, float[] c, int from, int to) {
    for (int j = from; j < to; j++) {
      c[j] += Math.abs(a - b[j]);
    }
  }

  /**
   * {@code c[r][j] += Σₖ b[k][j] · sign(a[r][j] − a[r][k])} for k below {@code depth}: the way back
   * of {@link #addDifferences}.
   */
  static void addSigns(
      float[][] a, float[][] b, float[][] c, int depth, int rowFrom, int rowTo, int from, int to) {
    for (int k = 0; k < depth; k++) {
      for (int r = rowFrom; r < rowTo; r++) {
        sign(a[r][k], a[r], b[k], c[r], from, to);
      }
    }
  }

  private static void sign(float other, float[] a, float[] b, float[] c, int from, int to) {
    for (int j = from; j < to; j++) {
      c[j] += b[j] * Math.max(-1f, Math.min(1f, (a[j] - other) * LARGE));
    }
  }
}
