package dev.doppel.onnx;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The outermost fields of an ONNX model, read without building the message: the graph, which is
 * nearly all of the file, is stepped over.
 *
 * <p>Any bytes can be read; what makes no sense ends the reading.
 *
 * @param producer name of the program that wrote the file, or empty
 * @param graph whether there is a graph, and before it the version that every model has
 * @param properties {@code metadata_props} up to where reading ended
 * @param whole whether reading ended at the end
 */
record TopLevel(String producer, boolean graph, Map<String, String> properties, boolean whole) {

  // Field numbers of onnx.ModelProto and onnx.StringStringEntryProto.
  private static final int IR_VERSION = 1;
  private static final int PRODUCER_NAME = 2;
  private static final int GRAPH = 7;
  private static final int METADATA = 14;
  private static final int KEY = 1;
  private static final int VALUE = 2;

  /** Reads from the buffer's beginning; its position stays. */
  static TopLevel of(ByteBuffer file) {
    ByteBuffer rest = file.slice(0, file.limit());
    String producer = "";
    boolean version = false;
    boolean graph = false;
    Map<String, String> properties = new LinkedHashMap<>();
    try {
      while (rest.hasRemaining()) {
        ProtoField field = ProtoField.next(rest);
        switch (field.number()) {
          case IR_VERSION -> version = true;
          case PRODUCER_NAME -> producer = field.text();
          case GRAPH -> graph = version && field.content().hasRemaining();
          case METADATA -> entry(field.content(), properties);
          default -> {} // not needed here
        }
      }
      return new TopLevel(producer, graph, properties, true);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return new TopLevel(producer, graph, properties, false);
    }
  }

  private static void entry(ByteBuffer content, Map<String, String> properties) {
    String key = "";
    String value = "";
    while (content.hasRemaining()) {
      ProtoField field = ProtoField.next(content);
      switch (field.number()) {
        case KEY -> key = field.text();
        case VALUE -> value = field.text();
        default -> {} // not needed here
      }
    }
    properties.put(key, value);
  }
}
