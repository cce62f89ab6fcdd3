package dev.doppel.server.guard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.doppel.error.DataException;
import dev.doppel.error.OptionException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The file of keys: JSON that holds names, hashes and scopes, and no key.
 *
 * <p>It is written beside its place, forced to the disk and renamed over, readable to its owner
 * alone.
 */
public final class KeyFile {

  private static final int FORMAT = 1;
  private static final int MAX_NAME = 64;

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private KeyFile() {}

  /**
   * The keys of a file; none if there is no file yet.
   *
   * @throws DataException if it cannot be read or is no file of keys
   */
  public static List<ApiKey> read(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (JsonParser parser = JSON.createParser(Files.readAllBytes(file))) {
      return keys(parser);
    } catch (IOException | IllegalArgumentException | OptionException e) {
      throw damaged(file, e);
    }
  }

  private static DataException damaged(Path file, Exception e) {
    return new DataException(
        file + " cannot be read as keys (" + e.getMessage() + ")",
        "It is a file that `doppel key add` wrote",
        "Name another, or make it anew",
        e);
  }

  private static List<ApiKey> keys(JsonParser parser) throws IOException {
    List<ApiKey> keys = new ArrayList<>();
    expect(parser.nextToken() == JsonToken.START_OBJECT, "an object");
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
        default -> expect(false, "no " + field);
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
      throw new IOException("expected a time", e);
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
      throw new IOException("expected " + what);
    }
  }

  /**
   * Makes a key and adds it.
   *
   * @return the key's text, which is written down nowhere
   * @throws OptionException if the name is taken or cannot be used
   */
  public static String add(
      Path file, String name, Set<Scope> scopes, Set<String> galleries, Instant now) {
    if (!name.matches("[A-Za-z0-9._-]{1," + MAX_NAME + "}")) {
      throw new OptionException(
          "A key cannot be named \"" + name.replaceAll("\\p{Cntrl}", "?") + "\"",
          "Names have 1 to " + MAX_NAME + " of letters, digits, '.', '_' and '-'",
          "Choose another");
    }
    List<ApiKey> keys = new ArrayList<>(read(file));
    if (keys.stream().anyMatch(key -> key.name().equals(name))) {
      throw new OptionException(
          "There is a key \"" + name + "\" already",
          "Names are unique",
          "Choose another, or revoke that one first");
    }
    String text = ApiKey.draw();
    keys.add(new ApiKey(name, ApiKey.hash(text), scopes, galleries, now));
    write(file, keys);
    return text;
  }

  /**
   * Takes a key out.
   *
   * @throws OptionException if there is none of this name
   */
  public static void revoke(Path file, String name) {
    List<ApiKey> keys = new ArrayList<>(read(file));
    if (!keys.removeIf(key -> key.name().equals(name))) {
      throw OptionException.unknown("key", name, keys.stream().map(ApiKey::name).toList());
    }
    write(file, keys);
  }

  private static void write(Path file, List<ApiKey> keys) {
    Path whole = file.toAbsolutePath();
    Path beside = whole.resolveSibling(whole.getFileName() + ".new");
    try {
      Files.deleteIfExists(beside);
      if (Files.getFileStore(whole.getParent()).supportsFileAttributeView("posix")) {
        Files.createFile(
            beside,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.writeString(beside, text(keys), StandardOpenOption.CREATE);
      try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(
          beside, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new DataException(
          file + " cannot be written (" + e + ")",
          "The keys' folder must be there, and yours to write in",
          "Name another file",
          e);
    }
  }

  private static String text(List<ApiKey> keys) {
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

  /** The keys of a file, read anew when it changes. */
  public static Keyring watch(Path file) {
    return new WatchedKeys(file, System::nanoTime);
  }
}
