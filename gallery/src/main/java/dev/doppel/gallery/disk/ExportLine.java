package dev.doppel.gallery.disk;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One item in an export's {@code items.jsonl}; its embedding is the row of the same number in
 * {@code embeddings.npy}.
 *
 * @param original the picture's file in the export, or null
 * @param bytes the picture's length
 * @param crc32c the picture's checksum
 */
record ExportLine(
    long id,
    String label,
    Instant enrolled,
    Map<String, String> metadata,
    @Nullable String original,
    long bytes,
    long crc32c) {

  byte[] json() throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = ExportHeader.JSON.createGenerator(text)) {
      out.writeStartObject();
      out.writeNumberField("id", id);
      out.writeStringField("label", label);
      out.writeStringField("enrolled", enrolled.toString());
      out.writeFieldName("metadata");
      MetadataText.write(out, metadata);
      if (original != null) {
        out.writeStringField("original", original);
        out.writeNumberField("bytes", bytes);
        out.writeNumberField("crc32c", crc32c);
      }
      out.writeEndObject();
    }
    return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @throws IOException saying what is missing or wrong
   */
  static ExportLine read(byte[] json) throws IOException {
    long id = 0;
    String label = null;
    Instant enrolled = null;
    Map<String, String> metadata = Map.of();
    String original = null;
    long bytes = -1;
    long crc = 0;
    try (JsonParser in = ExportHeader.JSON.createParser(json)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("it is no object");
      }
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String key = in.currentName();
        in.nextToken();
        switch (key) {
          case "id" -> id = in.getLongValue();
          case "label" -> label = text(in);
          case "enrolled" -> enrolled = time(text(in));
          case "metadata" -> metadata = MetadataText.read(in);
          case "original" -> original = text(in);
          case "bytes" -> bytes = in.getLongValue();
          case "crc32c" -> crc = in.getLongValue();
          default -> throw new IOException("\"" + key + "\" is not known here");
        }
      }
    }
    if (id < 1 || label == null || enrolled == null || (original == null) != (bytes < 0)) {
      throw new IOException("id, label, time or a picture's length is missing");
    }
    return new ExportLine(id, label, enrolled, metadata, original, bytes, crc);
  }

  private static String text(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw new IOException("\"" + in.currentName() + "\" is no text");
    }
    return in.getText();
  }

  private static Instant time(String text) throws IOException {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IOException("\"" + text + "\" is no time");
    }
  }
}
