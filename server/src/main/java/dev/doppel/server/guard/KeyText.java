package dev.doppel.server.guard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.doppel.error.OptionException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Keys as JSON: names, hashes and scopes, and no key. */
final class KeyText {

  private static final int FORMAT = 1;

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private KeyText() {}

  /** What is wrong with a text, in words for people. */
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    Broken(String how, Exception cause) {
      super(how, cause);
    }
  }

  /**
   * Reads keys.
   *
   * @throws Broken if the text is none of {@link #write}'s
   */
  static List<ApiKey> read(byte[] text) throws Broken {
    try (JsonParser parser = JSON.createParser(text)) {
      return keys(parser);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String where =
          at == null ? "" : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
      throw new Broken("it is no JSON" + where, e);
    } catch (OptionException e) {
      throw new Broken(e.given(), e);
    } catch (IOException e) {
      throw new Broken(String.valueOf(e.getMessage()), e);
    }
  }

  private static List<ApiKey> keys(JsonParser parser) throws IOException {
    List<ApiKey> keys = new ArrayList<>();
    expect(parser.nextToken() == JsonToken.START_OBJECT, "an object in braces");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      if (field.equals("format")) {
        expect(parser.getIntValue() == FORMAT, "format " + FORMAT);
      } else {
        expect(
            field.equals("keys") && parser.currentToken() == JsonToken.START_ARRAY,
            "a list of keys");
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          keys.add(key(parser));
        }
      }
    }
    return keys;
  }

  private static ApiKey key(JsonParser parser) throws IOException {
    String name = "";
    String sha256 = "";
    Instant created = Instant.EPOCH;
    Set<Scope> scopes = new HashSet<>();
    Set<String> galleries = new HashSet<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "name" -> name = parser.getText();
        case "sha256" -> sha256 = parser.getText();
        case "created" -> created = instant(parser.getText());
        case "scopes" -> texts(parser).forEach(text -> scopes.add(Scope.of(text)));
        case "galleries" -> galleries.addAll(texts(parser));
        default -> expect(false, "no field \"" + field.replaceAll("\\p{Cntrl}", "?") + "\"");
      }
    }
    expect(sha256.matches("[0-9a-f]{64}"), "a SHA-256 of each key");
    expect(!name.isBlank(), "a name of each key");
    return new ApiKey(name, sha256, scopes, galleries, created);
  }

  private static Instant instant(String text) throws IOException {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IOException("it should have a time", e);
    }
  }

  private static Set<String> texts(JsonParser parser) throws IOException {
    expect(parser.currentToken() == JsonToken.START_ARRAY, "a list of texts");
    Set<String> texts = new LinkedHashSet<>();
    while (parser.nextToken() == JsonToken.VALUE_STRING) {
      texts.add(parser.getText());
    }
    return texts;
  }

  private static void expect(boolean holds, String what) throws IOException {
    if (!holds) {
      throw new IOException("it should have " + what);
    }
  }

  /** The text of keys. */
  static String write(List<ApiKey> keys) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeNumberField("format", FORMAT);
      json.writeArrayFieldStart("keys");
      for (ApiKey key : keys) {
        json.writeStartObject();
        json.writeStringField("name", key.name());
        json.writeStringField("sha256", key.sha256());
        json.writeStringField("created", key.created().toString());
        json.writeArrayFieldStart("scopes");
        for (Scope scope : new TreeSet<>(key.scopes())) {
          json.writeString(scope.text());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("galleries");
        for (String gallery : new TreeSet<>(key.galleries())) {
          json.writeString(gallery);
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // there is none in memory
    }
    return text + "\n";
  }
}
