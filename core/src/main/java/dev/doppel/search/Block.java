package dev.doppel.search;

/**
 * Panels of rows with their row numbers; slot s is row s mod {@link Kernel#ROWS} of its panel.
 *
 * <p>Slots that nobody was told of yet are filled in place; what was told never changes, but for a
 * copy with other row numbers.
 *
 * @param first the number of slots in the blocks before
 * @param values {@code [panels, dim, ROWS]}
 * @param rows the row number of each slot, negative if the row was removed
 */
record Block(int first, float[] values, int[] rows) {

  static final int REMOVED = -1;

  /** An empty one. */
  static Block of(int first, int dim, int panels) {
    int slots = panels * Kernel.ROWS;
    return new Block(first, new float[Math.multiplyExact(slots, dim)], new int[slots]);
  }

  int capacity() {
    return rows.length;
  }

  /** The place of number 0 of a slot; the others follow {@link Kernel#ROWS} apart. */
  static int place(int slot, int dim) {
    return (slot & -Kernel.ROWS) * dim + (slot & (Kernel.ROWS - 1));
  }

  void set(int slot, int row, float[] vectors, int from, int dim) {
    rows[slot] = row;
    put(values, slot, vectors, from, dim);
  }

  /** Writes a row into panels. */
  static void put(float[] panels, int slot, float[] vectors, int from, int dim) {
    for (int d = 0, p = place(slot, dim); d < dim; d++, p += Kernel.ROWS) {
      panels[p] = vectors[from + d];
    }
  }

  void get(int slot, float[] vector, int from, int dim) {
    for (int d = 0, p = place(slot, dim); d < dim; d++, p += Kernel.ROWS) {
      vector[from + d] = values[p];
    }
  }
}
