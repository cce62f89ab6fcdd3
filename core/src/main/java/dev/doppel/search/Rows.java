package dev.doppel.search;

import java.util.Arrays;

/**
 * One state of a growing list of rows; a change gives the next state and leaves this one as it is.
 *
 * <p>States share their blocks, so only the latest may be changed, by one thread at a time. Whoever
 * got a state through a volatile field or a lock may read it for as long as they like.
 *
 * @param dim numbers in a row
 * @param blocks each full but the last
 * @param slots those in use, with those of removed rows
 */
record Rows(int dim, Block[] blocks, int slots) {

  /** A block is about a megabyte at most: large to scan, small to leave half empty. */
  private static final int BLOCK_FLOATS = 1 << 18;

  static Rows empty(int dim) {
    return new Rows(dim, new Block[0], 0);
  }

  /** One with room for so many slots in one piece. */
  static Rows withRoom(int dim, int slots) {
    return slots == 0
        ? empty(dim)
        : new Rows(dim, new Block[] {Block.of(0, dim, panels(slots))}, 0);
  }

  private static int panels(int slots) {
    return (slots + Kernel.ROWS - 1) / Kernel.ROWS;
  }

  int panels() {
    return panels(slots);
  }

  /** This and one row more, at slot {@link #slots}. */
  Rows append(int row, float[] vectors, int from) {
    Block[] all = blocks;
    if (all.length == 0 || slots == last(all).first() + last(all).capacity()) {
      int most = Math.max(1, BLOCK_FLOATS / (Kernel.ROWS * dim));
      all = Arrays.copyOf(all, all.length + 1);
      all[all.length - 1] = Block.of(slots, dim, Math.max(1, Math.min(most, panels())));
    }
    Block tail = last(all);
    tail.set(slots - tail.first(), row, vectors, from, dim);
    return new Rows(dim, all, slots + 1);
  }

  private static Block last(Block[] all) {
    return all[all.length - 1];
  }

  /** This without the row at a slot; the slot stays. */
  Rows remove(int slot) {
    int at = blockOf(slot);
    Block old = blocks[at];
    int[] rows = old.rows().clone();
    rows[slot - old.first()] = Block.REMOVED;
    Block[] all = blocks.clone();
    all[at] = new Block(old.first(), old.values(), rows);
    return new Rows(dim, all, slots);
  }

  /** The row number at a slot, or negative. */
  int row(int slot) {
    Block block = blocks[blockOf(slot)];
    return block.rows()[slot - block.first()];
  }

  void get(int slot, float[] vector, int from) {
    Block block = blocks[blockOf(slot)];
    block.get(slot - block.first(), vector, from, dim);
  }

  private int blockOf(int slot) {
    int low = 0;
    int high = blocks.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (blocks[middle].first() <= slot) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** The panels of a block that hold rows. */
  int panelsIn(Block block) {
    return panels(Math.min(block.capacity(), slots - block.first()));
  }

  /** The bits of those rows of a panel that are in use. */
  long inUse(Block block, int panel) {
    int left = slots - block.first() - panel * Kernel.ROWS;
    return left >= Kernel.ROWS ? -1L : (1L << left) - 1;
  }

  long bytes() {
    long bytes = 0;
    for (Block block : blocks) {
      bytes += 4L * (block.values().length + block.rows().length);
    }
    return bytes;
  }
}
