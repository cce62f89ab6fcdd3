package dev.doppel.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.doppel.error.NearestName;
import dev.doppel.server.error.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A JSON body, read field by field into what the route expects: pictures go from base64 to bytes in
 * one step, and whatever nobody asked for is refused. Immutable.
 */
public final class JsonBody extends Asked {

  /** What a field holds. */
  public enum Kind {
    /** A text. */
    TEXT,
    /** A whole number. */
    WHOLE,
    /** A number. */
    NUMBER,
    /** Texts by name. */
    TEXTS,
    /** A picture file in base64. */
    IMAGE,
    /** A list of those. */
    IMAGES
  }

  private static final int MAX_TEXT = 4096;
  private static final int MAX_TEXTS = 64;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .configure(JsonFactory.Feature.CHARSET_DETECTION, false) // it is UTF-8, says RFC 8259
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(8)
                  .maxNumberLength(40)
                  .maxNameLength(256)
                  .build())
          .build();

  private final Map<String, Object> values;

  private JsonBody(Map<String, Object> values) {
    this.values = values;
  }

  /**
   * Reads a body.
   *
   * @param fields what may be there
   * @param images most pictures of a list
   * @throws Refusal if it is no JSON, or holds anything else
   */
  static JsonBody read(byte[] body, Map<String, Kind> fields, int images) {
    requireUtf8(body);
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw Refusal.malformed("A body that is no JSON object", "It is one", "Send {…}");
      }
      Map<String, Object> values = new HashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        Kind kind = fields.get(name);
        if (kind == null) {
          throw unknown("field", name, fields);
        }
        if (parser.nextToken() != JsonToken.VALUE_NULL) {
          values.put(name, value(parser, name, kind, images));
        }
      }
      if (parser.nextToken() != null) {
        throw Refusal.malformed("More than one JSON object", "One is read", "Send one");
      }
      return new JsonBody(values);
    } catch (IOException e) { // there is no other in memory
      throw Refusal.malformed(
          "A body that is no JSON" + where(e),
          "It is one JSON object, as /openapi.json says",
          "Correct it");
    }
  }

  /** What is wrong and where, not in the parser's words, which quote the body. */
  private static String where(IOException e) {
    if (e instanceof JsonEOFException) {
      return ": it ends too early";
    } else if (e instanceof StreamConstraintsException) {
      return " that is read here: it is nested too deep, or a name, text or number is too long";
    } else if (e instanceof JsonProcessingException known && known.getLocation() != null) {
      JsonLocation at = known.getLocation();
      return " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    }
    return "";
  }

  /** The parser takes forms that UTF-8 forbids; nearly all bodies are ASCII, which is quick. */
  private static void requireUtf8(byte[] body) {
    int all = 0;
    for (byte each : body) {
      all |= each;
    }
    if (all >= 0) {
      return;
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(body);
    CharBuffer out = CharBuffer.allocate(4096);
    CoderResult result;
    do {
      result = decoder.decode(in, out.clear(), true);
    } while (result.isOverflow());
    if (result.isError()) {
      throw Refusal.malformed(
          "A body that is no UTF-8, from byte " + in.position() + " on",
          "JSON is UTF-8",
          "Encode it so");
    }
  }

  /** The refusal of a name nobody asked for. */
  static Refusal unknown(String what, String name, Map<String, ?> known) {
    String nearest =
        NearestName.of(name.length() > 64 ? name.substring(0, 64) : name, known.keySet());
    String shown = name.replaceAll("[^A-Za-z0-9._-]", "?");
    return Refusal.malformed(
        "There is no %s %s".formatted(what, shown.length() > 40 ? shown.substring(0, 40) : shown),
        known.isEmpty()
            ? "None is read here"
            : "Known are " + String.join(", ", new TreeMap<>(known).keySet()),
        nearest == null ? "Leave it out" : "Did you mean " + nearest + "?");
  }

  private static Object value(JsonParser parser, String name, Kind kind, int images)
      throws IOException {
    JsonToken token = parser.currentToken();
    switch (kind) {
      case TEXT -> {
        if (token == JsonToken.VALUE_STRING) {
          return text(parser, name);
        }
        throw wrong(name, "a text");
      }
      case WHOLE -> {
        if (token == JsonToken.VALUE_NUMBER_INT) {
          return parser.getLongValue();
        }
        throw wrong(name, "a whole number");
      }
      case NUMBER -> {
        if (token.isNumeric() && Double.isFinite(parser.getDoubleValue())) {
          return parser.getDoubleValue();
        }
        throw wrong(name, "a number");
      }
      case TEXTS -> {
        return texts(parser, name);
      }
      case IMAGE -> {
        return image(parser, name);
      }
      default -> {
        if (token != JsonToken.START_ARRAY) {
          throw wrong(name, "a list of images in base64");
        }
        List<byte[]> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          if (list.size() == images) {
            throw new Refusal(
                413,
                "too_many_images",
                "More than " + images + " images",
                "A request has " + images + " at most",
                "Send several requests");
          }
          list.add(image(parser, name));
        }
        return list;
      }
    }
  }

  private static String text(JsonParser parser, String name) throws IOException {
    if (parser.getTextLength() > MAX_TEXT) {
      throw wrong(name, "a text of at most " + MAX_TEXT + " characters");
    }
    return parser.getText();
  }

  private static Map<String, String> texts(JsonParser parser, String name) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw wrong(name, "an object of texts");
    }
    Map<String, String> texts = new TreeMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      if (parser.nextToken() != JsonToken.VALUE_STRING || texts.size() == MAX_TEXTS) {
        throw wrong(name, "an object of texts, " + MAX_TEXTS + " at most");
      }
      texts.put(key, text(parser, name));
    }
    return texts;
  }

  private static byte[] image(JsonParser parser, String name) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw wrong(name, "a picture file in base64");
    }
    try {
      return parser.getBinaryValue();
    } catch (JsonEOFException e) {
      throw e; // the body ends within it
    } catch (JsonProcessingException e) {
      throw Refusal.malformed(
          name + " is no base64",
          "A picture file in JSON is base64, and nothing before or between it",
          "Encode it so; of a data: URL, send what follows the comma");
    }
  }

  @Override
  public Optional<String> text(String name) {
    return value(name, String.class);
  }

  @Override
  protected Optional<Long> whole(String name) {
    return value(name, Long.class);
  }

  @Override
  public Optional<Double> number(String name) {
    return value(name, Double.class);
  }

  @Override
  @SuppressWarnings("unchecked") // as it was read
  public Map<String, String> texts(String name) {
    return value(name, Map.class).orElse(Map.of());
  }

  /** The picture file of a name, if it is there. */
  public Optional<byte[]> image(String name) {
    return value(name, byte[].class);
  }

  /** The picture files of a name, if they are there. */
  @SuppressWarnings("unchecked") // as it was read
  public Optional<List<byte[]>> images(String name) {
    return value(name, List.class).map(list -> (List<byte[]>) list);
  }

  private <T> Optional<T> value(String name, Class<T> type) {
    @Nullable Object value = values.get(name);
    return value == null ? Optional.empty() : Optional.of(type.cast(value));
  }
}
