package dev.doppel.gallery;

/** The plain loops of a search. */
final class RowScan {

  private RowScan() {}

  /**
   * The products of a query with rows.
   *
   * @param query {@code [dim]}
   * @param rows {@code [count, dim]}
   * @param products {@code [count]}, written
   */
  static void dots(float[] query, float[] rows, int count, float[] products) {
    int dim = query.length;
    for (int i = 0, from = 0; i < count; i++, from += dim) {
      float a = 0;
      float b = 0;
      float c = 0;
      float d = 0;
      int k = 0;
      for (; k + 3 < dim; k += 4) { // four sums, since a processor adds several at once
        a += query[k] * rows[from + k];
        b += query[k + 1] * rows[from + k + 1];
        c += query[k + 2] * rows[from + k + 2];
        d += query[k + 3] * rows[from + k + 3];
      }
      for (; k < dim; k++) {
        a += query[k] * rows[from + k];
      }
      products[i] = a + b + (c + d);
    }
  }
}
