package dev.doppel.onnx;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One field of a protobuf message, read without a description of the message.
 *
 * @param number which field
 * @param value what a number field holds
 * @param content the bytes of a field that has a length; empty for others
 */
record ProtoField(int number, long value, ByteBuffer content) {

  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  /**
   * Reads the next field and moves past it.
   *
   * @throws BufferUnderflowException if it ends too early
   * @throws IllegalArgumentException if it is none
   */
  static ProtoField next(ByteBuffer rest) {
    long tag = varint(rest);
    int number = (int) (tag >>> 3);
    if (number < 1 || tag >>> 3 != number) {
      throw new IllegalArgumentException("field " + (tag >>> 3));
    }
    return switch ((int) (tag & 7)) {
      case 0 -> new ProtoField(number, varint(rest), NONE);
      case 1 -> new ProtoField(number, 0, take(rest, 8).limit(0));
      case 2 -> new ProtoField(number, 0, take(rest, varint(rest)));
      case 5 -> new ProtoField(number, 0, take(rest, 4).limit(0));
      default -> throw new IllegalArgumentException("wire type " + (tag & 7));
    };
  }

  /** The content as a text. */
  String text() {
    return StandardCharsets.UTF_8.decode(content.slice()).toString();
  }

  private static ByteBuffer take(ByteBuffer rest, long length) {
    if (length < 0 || length > rest.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer content = rest.slice(rest.position(), (int) length);
    rest.position(rest.position() + (int) length);
    return content;
  }

  private static long varint(ByteBuffer rest) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = rest.get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("endless number");
  }
}
