package dev.doppel.loss;

import java.util.stream.IntStream;

/** Rows in blocks of a fixed size, so that the number of threads changes no sum. */
final class Blocks {

  /** Rows of a block: their scores stay in the second cache. */
  static final int SIZE = 32;

  private Blocks() {}

  /** What is done to rows {@code from} to {@code to}, the latter excluded. */
  interface Body {
    void rows(int from, int to);
  }

  /** Number of blocks that rows make. */
  static int of(int rows) {
    return (rows + SIZE - 1) / SIZE;
  }

  /** Does the same to all blocks of rows, on the threads of the pool this runs in. */
  static void each(int rows, Body body) {
    each(rows, SIZE, body);
  }

  /** The same for blocks of another size. */
  static void each(int rows, int size, Body body) {
    int blocks = (rows + size - 1) / size;
    IntStream.range(0, blocks)
        .parallel()
        .forEach(block -> body.rows(block * size, Math.min(rows, (block + 1) * size)));
  }
}
