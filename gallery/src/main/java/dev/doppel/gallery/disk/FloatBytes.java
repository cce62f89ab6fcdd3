package dev.doppel.gallery.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Floats as little-endian bytes, as every reader of such files expects them. */
final class FloatBytes {

  private FloatBytes() {}

  static byte[] of(float[] values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return bytes;
  }

  static float[] read(byte[] bytes) {
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
