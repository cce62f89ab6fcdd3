package dev.doppel.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.doppel.server.error.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is sent back. Immutable by promise: nobody writes to the body.
 *
 * @param status of HTTP
 * @param type of the content; empty where there is none
 * @param body the content
 * @param headers further ones, by name
 * @param kind what a browser may make of it
 */
public record Reply(int status, String type, byte[] body, Map<String, String> headers, Kind kind) {

  /** What a browser may make of a reply. */
  public enum Kind {
    /** Data for programs. */
    DATA,
    /** A file of our own page. */
    PAGE,
    /** A picture that somebody sent. */
    PICTURE
  }

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();
  private static final int USUAL = 1024;

  /** Writes one JSON value. */
  @FunctionalInterface
  public interface Json {

    /** Writes it. */
    void to(JsonGenerator json) throws IOException;
  }

  public Reply {
    headers = Map.copyOf(headers);
  }

  /** 200, with JSON. */
  public static Reply json(Json content) {
    return json(200, content);
  }

  /** A status with JSON. */
  public static Reply json(int status, Json content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      content.to(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // there is none in memory
    }
    return new Reply(status, "application/json", out.toByteArray(), Map.of(), Kind.DATA);
  }

  /** 204: done, nothing to say. */
  public static Reply nothing() {
    return new Reply(204, "", new byte[0], Map.of(), Kind.DATA);
  }

  /** 200, with content of a type. */
  public static Reply content(String type, byte[] body, Kind kind) {
    return new Reply(200, type, body, Map.of(), kind);
  }

  /** The one shape of every error. */
  static Reply error(Refusal refusal, String requestId) {
    Reply reply =
        json(
            refusal.status(),
            json -> {
              json.writeStartObject();
              json.writeObjectFieldStart("error");
              json.writeStringField("code", refusal.code());
              json.writeStringField("given", refusal.given());
              json.writeStringField("allowed", refusal.allowed());
              json.writeStringField("next", refusal.next());
              json.writeStringField("requestId", requestId);
              json.writeEndObject();
              json.writeEndObject();
            });
    return refusal.retryAfter() > 0
        ? reply.with("Retry-After", Integer.toString(refusal.retryAfter()))
        : reply;
  }

  /** The same with another header. */
  public Reply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, type, body, more, kind);
  }
}
