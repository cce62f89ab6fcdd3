package dev.doppel.onnx;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

  /** Where the entries of {@code metadata_props} lie, in order: from their tags to their ends. */
  static List<Entry> entries(ByteBuffer file) {
    ByteBuffer rest = file.slice(0, file.limit());
    List<Entry> entries = new ArrayList<>();
    while (rest.hasRemaining()) {
      int from = rest.position();
      ProtoField field = ProtoField.next(rest);
      if (field.number() == METADATA) {
        Map<String, String> one = new LinkedHashMap<>();
        entry(field.content(), one);
        entries.add(new Entry(one.keySet().iterator().next(), from, rest.position()));
      }
    }
    return entries;
  }

  /**
   * A place in the file.
   *
   * @param key of the metadata entry
   * @param from index of its first byte
   * @param to index after its last
   */
  record Entry(String key, int from, int to) {}

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
