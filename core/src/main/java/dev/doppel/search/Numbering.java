package dev.doppel.search;

import java.util.Arrays;

/** Where the row of each number is. Not thread-safe. */
final class Numbering {

  private static final int NOWHERE = -1;

  private int[] slots = new int[0];
  private int size;

  /** The slot of a row, negative if there is none. */
  int get(int row) {
    return row < 0 || row >= slots.length ? NOWHERE : slots[row];
  }

  /** Says where a row is now; where it was before, negative if nowhere. */
  int set(int row, int slot) {
    if (row >= slots.length) {
      int old = slots.length;
      slots = Arrays.copyOf(slots, Math.max(row + 1, old + (old >> 1)));
      Arrays.fill(slots, old, slots.length, NOWHERE);
    }
    int before = slots[row];
    slots[row] = slot;
    if (before == NOWHERE) {
      size++;
    }
    return before;
  }

  /** Forgets a row; where it was, negative if nowhere. */
  int clear(int row) {
    int before = get(row);
    if (before != NOWHERE) {
      slots[row] = NOWHERE;
      size--;
    }
    return before;
  }

  /** The rows that are somewhere. */
  int size() {
    return size;
  }

  long bytes() {
    return 4L * slots.length;
  }
}
