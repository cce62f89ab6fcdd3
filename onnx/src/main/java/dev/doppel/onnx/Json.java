package dev.doppel.onnx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON texts of maps, lists, texts, numbers and truth values.
 *
 * <p>Streaming only: data binding would take longer to start than a model takes to load. Floats are
 * written as the double they equal, so that every reader gets the same float back.
 */
final class Json {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** Characters of a line in a message. */
  private static final int SHOWN = 60;

  private Json() {}

  /** The JSON text of a value. */
  static String write(Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      write(generator, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string cannot fail to be written
    }
    return text.toString();
  }

  /** The same for people to read: a field a line. */
  static String lines(Map<String, Object> fields) {
    List<String> lines = new ArrayList<>();
    fields.forEach((name, value) -> lines.add("  " + write(name) + ": " + write(value)));
    return "{\n" + String.join(",\n", lines) + "\n}\n";
  }

  private static void write(JsonGenerator generator, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      generator.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        generator.writeFieldName((String) entry.getKey());
        write(generator, entry.getValue());
      }
      generator.writeEndObject();
    } else if (value instanceof List<?> list) {
      generator.writeStartArray();
      for (Object element : list) {
        write(generator, element);
      }
      generator.writeEndArray();
    } else if (value instanceof String text) {
      generator.writeString(text);
    } else if (value instanceof Boolean truth) {
      generator.writeBoolean(truth);
    } else if (value instanceof Double || value instanceof Float) {
      generator.writeNumber(((Number) value).doubleValue());
    } else if (value instanceof Long || value instanceof Integer) {
      generator.writeNumber(((Number) value).longValue());
    } else {
      throw new IllegalArgumentException("no JSON for " + value);
    }
  }

  /**
   * The value of a JSON text: a Map, List, String, Boolean, Long or Double.
   *
   * @throws IOException if it is no JSON, or holds null or a number out of range
   */
  static Object read(String text) throws IOException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      parser.nextToken();
      Object value = read(parser);
      if (parser.nextToken() != null) {
        throw new IOException("more than one JSON value");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new IOException(wrong(text, e), e);
    }
  }

  /** Where a text stops being JSON; the parser's own words are for programmers. */
  private static String wrong(String text, JsonProcessingException e) {
    String what =
        e instanceof JsonEOFException
            ? "it ends before it is complete, as if a quote or bracket were not closed"
            : e instanceof InputCoercionException
                ? "it has a number that is too large"
                : e.getOriginalMessage().startsWith("Duplicate field")
                    ? "it has a field twice"
                    : "it is no JSON";
    JsonLocation at = e.getLocation();
    List<String> lines = text.lines().toList();
    if (at == null || at.getLineNr() < 1 || at.getLineNr() > lines.size()) {
      return what;
    }
    String line = lines.get(at.getLineNr() - 1).strip();
    return "%s, in line %d: %s"
        .formatted(
            what, at.getLineNr(), line.length() > SHOWN ? line.substring(0, SHOWN) + " …" : line);
  }

  private static Object read(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IOException("no JSON value");
    }
    switch (token) {
      case START_OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
          parser.nextToken();
          map.put(name, read(parser));
        }
        return map;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(read(parser));
        }
        return list;
      }
      case VALUE_STRING -> {
        return parser.getText();
      }
      case VALUE_NUMBER_INT -> {
        return parser.getLongValue();
      }
      case VALUE_NUMBER_FLOAT -> {
        return parser.getDoubleValue();
      }
      case VALUE_TRUE, VALUE_FALSE -> {
        return parser.getBooleanValue();
      }
      default -> throw new IOException("null where a value belongs");
    }
  }
}
