package dev.doppel.gallery.disk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.model.Head;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code gallery.json} of an export: what the other files hold.
 *
 * @param name the gallery's name
 * @param model which model embedded it
 * @param items how many lines and rows there are
 * @param originals how many pictures there are
 * @param lastId the highest id ever given
 * @param sha256 checksums of the two other files, by name, in hexadecimal digits
 */
record ExportHeader(
    String name,
    ModelStamp model,
    long items,
    long originals,
    long lastId,
    Map<String, String> sha256) {

  private static final String FORMAT = "doppel-gallery";

  /** The newest version of an export, which new ones have. */
  static final int VERSION = 1;

  static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  ExportHeader {
    sha256 = Map.copyOf(sha256);
  }

  void write(OutputStream to) throws IOException {
    try (JsonGenerator out = JSON.createGenerator(to)) {
      out.useDefaultPrettyPrinter();
      out.writeStartObject();
      out.writeStringField("format", FORMAT);
      out.writeNumberField("version", VERSION);
      out.writeStringField("name", name);
      out.writeObjectFieldStart("model");
      out.writeStringField("name", model.name());
      out.writeStringField("fingerprint", model.fingerprint());
      out.writeNumberField("dim", model.dim());
      out.writeStringField("head", model.head().name());
      if (model.head() instanceof Head.WeightedL1 head) {
        out.writeNumberField("bias", head.bias());
        out.writeArrayFieldStart("weights");
        for (float weight : head.weights()) {
          out.writeNumber(weight);
        }
        out.writeEndArray();
      }
      out.writeEndObject();
      out.writeNumberField("items", items);
      out.writeNumberField("originals", originals);
      out.writeNumberField("lastId", lastId);
      out.writeObjectFieldStart("sha256");
      for (Map.Entry<String, String> each : sha256.entrySet()) {
        out.writeStringField(each.getKey(), each.getValue());
      }
      out.writeEndObject();
      out.writeEndObject();
    }
  }

  /**
   * @throws IOException saying what is missing or wrong
   */
  static ExportHeader read(byte[] json) throws IOException {
    Map<String, Object> all;
    try (JsonParser in = JSON.createParser(json)) {
      in.nextToken();
      all = object(in);
    }
    if (!FORMAT.equals(all.get("format"))) {
      throw new IOException("its format is not \"" + FORMAT + "\"");
    }
    long version = number(all, "version");
    if (version != VERSION) {
      throw new IOException(
          "its version is " + version + ", and this Doppel reads version " + VERSION);
    }
    Map<?, ?> model = map(all, "model");
    long dim = number(model, "dim");
    if (dim < 1 || dim > 1 << 20) {
      throw new IOException("its embeddings have " + dim + " numbers");
    }
    Map<String, String> sums = new HashMap<>();
    for (Map.Entry<?, ?> each : map(all, "sha256").entrySet()) {
      sums.put(String.valueOf(each.getKey()), String.valueOf(each.getValue()));
    }
    return new ExportHeader(
        text(all, "name"),
        new ModelStamp(
            text(model, "name"), text(model, "fingerprint"), (int) dim, head(model, dim)),
        number(all, "items"),
        number(all, "originals"),
        number(all, "lastId"),
        sums);
  }

  private static Head head(Map<?, ?> model, long dim) throws IOException {
    String name = text(model, "head");
    return switch (name) {
      case "cosine" -> new Head.Cosine();
      case "euclidean" -> new Head.Euclidean();
      case "weighted-l1" -> {
        if (!(model.get("weights") instanceof List<?> list) || list.size() != dim) {
          throw new IOException("its head has not " + dim + " weights");
        }
        float[] weights = new float[list.size()];
        for (int k = 0; k < weights.length; k++) {
          weights[k] = number(list.get(k), "weights").floatValue();
        }
        yield new Head.WeightedL1(weights, number(model.get("bias"), "bias").floatValue());
      }
      default -> throw new IOException("it has the head \"" + name + "\", which is not known here");
    };
  }

  private static String text(Map<?, ?> in, String key) throws IOException {
    if (in.get(key) instanceof String text) {
      return text;
    }
    throw new IOException("it has no text \"" + key + "\"");
  }

  private static long number(Map<?, ?> in, String key) throws IOException {
    long number = number(in.get(key), key).longValue();
    if (number < 0) {
      throw new IOException("\"" + key + "\" is " + number);
    }
    return number;
  }

  private static Number number(@Nullable Object value, String key) throws IOException {
    if (value instanceof Number number) {
      return number;
    }
    throw new IOException("it has no number \"" + key + "\"");
  }

  private static Map<?, ?> map(Map<?, ?> in, String key) throws IOException {
    if (in.get(key) instanceof Map<?, ?> map) {
      return map;
    }
    throw new IOException("it has no object \"" + key + "\"");
  }

  /** An object of texts, numbers, lists and objects. */
  private static Map<String, Object> object(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw new IOException("it is no object");
    }
    Map<String, Object> found = new HashMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String key = in.currentName();
      in.nextToken();
      found.put(key, value(in, key));
    }
    return found;
  }

  private static Object value(JsonParser in, String key) throws IOException {
    return switch (in.currentToken()) {
      case VALUE_STRING -> in.getText();
      case VALUE_NUMBER_INT -> in.getLongValue();
      case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
      case START_OBJECT -> object(in);
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(in, key));
        }
        yield list;
      }
      default -> throw new IOException("\"" + key + "\" is neither text, number, list nor object");
    };
  }
}
