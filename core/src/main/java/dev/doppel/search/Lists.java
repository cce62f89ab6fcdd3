package dev.doppel.search;

import java.util.Arrays;

/**
 * Lists of rows, and where each row is: what an index holds. One thread at a time changes it; the
 * array of {@link #snapshot} is never written to again, so whoever was given it sees one state.
 */
final class Lists {

  private final int dim;
  private final Rows[] lists;
  private final int[] removed;
  private final Numbering numbering = new Numbering();

  Lists(int dim, int count) {
    this.dim = dim;
    lists = new Rows[count];
    Arrays.fill(lists, Rows.empty(dim));
    removed = new int[count];
  }

  /** Sees to it that a list has room for so many rows in one piece; it must be empty. */
  void reserve(int list, int rows) {
    lists[list] = Rows.withRoom(dim, rows);
  }

  /** Adds a row, in place of one of its number. */
  void put(int list, int row, float[] vectors, int from) {
    long before = numbering.set(row, Numbering.place(list, lists[list].slots()));
    lists[list] = lists[list].append(row, vectors, from);
    drop(before);
  }

  /** Whether there was such a row. */
  boolean remove(int row) {
    long before = numbering.clear(row);
    drop(before);
    return before != Numbering.NOWHERE;
  }

  private void drop(long place) {
    if (place != Numbering.NOWHERE) {
      int list = Numbering.list(place);
      lists[list] = lists[list].remove(Numbering.slot(place));
      removed[list]++;
      if (2 * removed[list] > Math.max(2 * Kernel.ROWS, lists[list].slots())) {
        compact(list);
      }
    }
  }

  /** Gives back the room of removed rows. */
  private void compact(int list) {
    Rows old = lists[list];
    Rows next = Rows.withRoom(dim, old.slots() - removed[list]);
    float[] vector = new float[dim];
    for (int slot = 0; slot < old.slots(); slot++) {
      int row = old.row(slot);
      if (row >= 0) {
        old.get(slot, vector, 0);
        numbering.set(row, Numbering.place(list, next.slots()));
        next = next.append(row, vector, 0);
      }
    }
    lists[list] = next;
    removed[list] = 0;
  }

  Rows[] snapshot() {
    return lists.clone();
  }

  int size() {
    return numbering.size();
  }

  /** The numbers of all rows, rising. */
  int[] rows() {
    return numbering.rows();
  }

  long place(int row) {
    return numbering.get(row);
  }

  /** Copies a row that is there. */
  void get(int row, float[] vector, int from) {
    long place = numbering.get(row);
    lists[Numbering.list(place)].get(Numbering.slot(place), vector, from);
  }

  long bytes() {
    long bytes = numbering.bytes();
    for (Rows list : lists) {
      bytes += list.bytes();
    }
    return bytes;
  }
}
