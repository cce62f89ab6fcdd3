package dev.doppel.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;

/**
 * Memory outside the heap, so that ONNX Runtime reads it in place; lent and lent again, since each
 * new piece would be cleared first and wait for the garbage collector after. Thread-safe.
 */
final class InputBuffers {

  /** More callers at once than this get pieces that are not kept. */
  private static final int KEPT = 8;

  private final ArrayDeque<FloatBuffer> free = new ArrayDeque<>();

  /** A buffer with room for so many floats. */
  FloatBuffer take(int length) {
    synchronized (free) {
      FloatBuffer last = free.pollLast();
      if (last != null && last.capacity() >= length) {
        return last.clear();
      }
    }
    return ByteBuffer.allocateDirect(Math.multiplyExact(4, length))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /** Keeps a buffer for later callers. */
  void giveBack(FloatBuffer buffer) {
    synchronized (free) {
      if (free.size() < KEPT) {
        free.addLast(buffer);
      }
    }
  }
}
