package dev.doppel.gallery;

import java.util.Arrays;

/**
 * A label with its items. Immutable: adding shares the array, of which this one does not look
 * beyond its own count.
 *
 * @param name the label's text
 * @param slots where its items lie, rising
 * @param count how many of them
 * @param prototype where the mean of its unit rows lies, or −1
 */
@SuppressWarnings("ArrayRecordComponent")
record Shelf(String name, int[] slots, int count, int prototype) {

  static Shelf empty(String name) {
    return new Shelf(name, new int[1], 0, -1);
  }

  /** With one more item, which lies beyond the others. Only the latest may be added to. */
  Shelf with(int slot) {
    int[] room = count < slots.length ? slots : Arrays.copyOf(slots, 2 * count);
    room[count] = slot;
    return new Shelf(name, room, count + 1, prototype);
  }

  Shelf withSlots(int[] all) {
    return new Shelf(name, all, all.length, prototype);
  }

  Shelf withPrototype(int row) {
    return new Shelf(name, slots, count, row);
  }

  Shelf named(String other) {
    return new Shelf(other, slots, count, prototype);
  }
}
