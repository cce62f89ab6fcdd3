package dev.doppel.onnx;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tensors that a model keeps in other files: ONNX allows a model to name any, so such models are
 * refused before ONNX Runtime sees them.
 */
final class ExternalData {

  /** Deeper than graphs within graphs are nested by any exporter. */
  private static final int DEEPEST = 100;

  private static final int TENSOR_NAME = 8;
  private static final int TENSOR_EXTERNAL_DATA = 13;
  private static final int TENSOR_DATA_LOCATION = 14;

  /** The messages that lead to tensors, with the numbers of the fields that do. */
  private enum Message {
    MODEL,
    GRAPH,
    TRAINING,
    FUNCTION,
    NODE,
    ATTRIBUTE,
    SPARSE_TENSOR,
    TENSOR;

    private static final Map<Message, Map<Integer, Message>> INNER =
        Map.of(
            MODEL, Map.of(7, GRAPH, 20, TRAINING, 25, FUNCTION),
            GRAPH, Map.of(1, NODE, 5, TENSOR, 15, SPARSE_TENSOR),
            TRAINING, Map.of(1, GRAPH, 2, GRAPH),
            FUNCTION, Map.of(7, NODE, 11, ATTRIBUTE),
            NODE, Map.of(5, ATTRIBUTE),
            ATTRIBUTE,
                Map.of(
                    5,
                    TENSOR,
                    6,
                    GRAPH,
                    10,
                    TENSOR,
                    11,
                    GRAPH,
                    22,
                    SPARSE_TENSOR,
                    23,
                    SPARSE_TENSOR),
            SPARSE_TENSOR, Map.of(1, TENSOR, 2, TENSOR),
            TENSOR, Map.of());

    @Nullable Message inner(int field) {
      return INNER.getOrDefault(this, Map.of()).get(field);
    }
  }

  private ExternalData() {}

  /**
   * The name of a tensor that is kept elsewhere, or null if all are in the file.
   *
   * @throws IllegalArgumentException if the bytes are no model
   */
  static @Nullable String of(ByteBuffer model) {
    try {
      return find(Message.MODEL, model.slice(0, model.limit()), 0);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("a part of it is cut off", e);
    }
  }

  private static @Nullable String find(Message message, ByteBuffer rest, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("it is nested more than " + DEEPEST + " deep");
    }
    String name = "";
    boolean elsewhere = false;
    while (rest.hasRemaining()) {
      ProtoField field = ProtoField.next(rest);
      if (message == Message.TENSOR) {
        switch (field.number()) {
          case TENSOR_NAME -> name = field.text();
          case TENSOR_EXTERNAL_DATA -> elsewhere = true;
          case TENSOR_DATA_LOCATION -> elsewhere |= field.value() != 0;
          default -> {} // what it holds
        }
        continue;
      }
      Message inner = message.inner(field.number());
      String found = inner == null ? null : find(inner, field.content(), depth + 1);
      if (found != null) {
        return found;
      }
    }
    return elsewhere ? name : null;
  }
}
