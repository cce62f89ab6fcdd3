package dev.doppel.search;

import java.util.Arrays;

/** In which list and slot the row of each number is. Not thread-safe. */
final class Numbering {

  /** The place of a row that is not there; every other is at least 0. */
  static final long NOWHERE = -1;

  private long[] places = new long[0];
  private int size;

  static long place(int list, int slot) {
    return (long) list << 32 | slot;
  }

  static int list(long place) {
    return (int) (place >>> 32);
  }

  static int slot(long place) {
    return (int) place;
  }

  long get(int row) {
    return row < 0 || row >= places.length ? NOWHERE : places[row];
  }

  /** Says where a row is now; where it was before. */
  long set(int row, long place) {
    if (row >= places.length) {
      int old = places.length;
      places = Arrays.copyOf(places, Math.max(row + 1, old + (old >> 1)));
      Arrays.fill(places, old, places.length, NOWHERE);
    }
    long before = places[row];
    places[row] = place;
    if (before == NOWHERE) {
      size++;
    }
    return before;
  }

  /** Forgets a row; where it was. */
  long clear(int row) {
    long before = get(row);
    if (before != NOWHERE) {
      places[row] = NOWHERE;
      size--;
    }
    return before;
  }

  /** The rows that are somewhere, rising. */
  int[] rows() {
    int[] rows = new int[size];
    for (int row = 0, at = 0; row < places.length; row++) {
      if (places[row] != NOWHERE) {
        rows[at++] = row;
      }
    }
    return rows;
  }

  int size() {
    return size;
  }

  long bytes() {
    return 8L * places.length;
  }
}
