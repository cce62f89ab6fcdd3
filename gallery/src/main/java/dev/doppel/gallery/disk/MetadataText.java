package dev.doppel.gallery.disk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Metadata as JSON, keys in order, so that equal ones are the same text. */
final class MetadataText {

  /** More different ones are not worth remembering. */
  private static final int MAX_KNOWN = 10_000;

  private static final class Json {
    static final JsonFactory FACTORY =
        JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  }

  /** Maps that were read, by their text: most items share theirs with others. */
  private final Map<String, Map<String, String>> known = new HashMap<>();

  /** The text of metadata, or null if there are none. */
  static @Nullable String of(Map<String, String> metadata) {
    if (metadata.isEmpty()) {
      return null;
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator out = Json.FACTORY.createGenerator(text)) {
      write(out, metadata);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string cannot fail to be written
    }
    return text.toString();
  }

  static void write(JsonGenerator out, Map<String, String> metadata) throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, String> each : new TreeMap<>(metadata).entrySet()) {
      out.writeStringField(each.getKey(), each.getValue());
    }
    out.writeEndObject();
  }

  /**
   * Reads it back; the same map for the same text.
   *
   * @throws IOException if it is no object of texts
   */
  Map<String, String> read(@Nullable String text) throws IOException {
    if (text == null) {
      return Map.of();
    }
    Map<String, String> found = known.get(text);
    if (found == null) {
      try (JsonParser in = Json.FACTORY.createParser(text)) {
        in.nextToken();
        found = read(in);
      }
      if (known.size() < MAX_KNOWN) {
        known.put(text, found);
      }
    }
    return found;
  }

  /** Reads the object at which a parser stands. */
  static Map<String, String> read(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw new IOException("metadata are no object");
    }
    Map<String, String> found = new TreeMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String key = in.currentName();
      if (in.nextToken() != JsonToken.VALUE_STRING) {
        throw new IOException("metadata " + key + " is no text");
      }
      found.put(key, in.getText());
    }
    return Map.copyOf(found);
  }
}
