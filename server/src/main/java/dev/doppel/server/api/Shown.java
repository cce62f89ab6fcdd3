package dev.doppel.server.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.doppel.Answer;
import dev.doppel.Verdict;
import dev.doppel.gallery.GalleryStats;
import dev.doppel.gallery.Item;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How things look in JSON. */
final class Shown {

  private static final double MILLION = 1e6;

  private Shown() {}

  /**
   * @param problem why it cannot be used, or null
   */
  static void gallery(JsonGenerator json, String name, GalleryStats stats, @Nullable String problem)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name);
    json.writeNumberField("labels", stats.labels());
    json.writeNumberField("items", stats.items());
    json.writeNumberField("originals", stats.originals());
    json.writeNumberField("fileBytes", stats.fileBytes());
    json.writeNumberField("memoryBytes", stats.memoryBytes());
    json.writeStringField("search", stats.search());
    if (problem != null) {
      json.writeStringField("problem", problem);
    }
    json.writeEndObject();
  }

  static void items(JsonGenerator json, List<Item> items) throws IOException {
    json.writeArrayFieldStart("items");
    for (Item item : items) {
      item(json, item);
    }
    json.writeEndArray();
  }

  static void item(JsonGenerator json, Item item) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", item.id());
    json.writeStringField("label", item.label());
    json.writeObjectFieldStart("metadata");
    for (Map.Entry<String, String> each : item.metadata().entrySet()) {
      json.writeStringField(each.getKey(), each.getValue());
    }
    json.writeEndObject();
    json.writeStringField("enrolled", item.enrolled().toString());
    json.writeBooleanField("hasOriginal", item.hasOriginal());
    json.writeEndObject();
  }

  /**
   * @param nanoseconds that it took
   */
  static void answer(JsonGenerator json, Answer answer, long nanoseconds) throws IOException {
    json.writeStartObject();
    json.writeStringField("decision", answer.decision().name().toLowerCase(Locale.ROOT));
    json.writeStringField("label", answer.label());
    number(json, "score", answer.score());
    number(json, "probability", answer.probability());
    number(json, "threshold", answer.threshold());
    json.writeNumberField("labels", answer.labels());
    json.writeBooleanField("exact", answer.exact());
    json.writeArrayFieldStart("ranked");
    for (Answer.Candidate each : answer.ranked()) {
      json.writeStartObject();
      json.writeStringField("label", each.label());
      number(json, "score", each.score());
      number(json, "probability", each.probability());
      json.writeNumberField("items", each.items());
      json.writeNumberField("nearest", each.nearest());
      number(json, "nearestScore", each.nearestScore());
      json.writeEndObject();
    }
    json.writeEndArray();
    number(json, "milliseconds", Math.round(nanoseconds / MILLION * 100) / 100.0);
    json.writeEndObject();
  }

  static void verdict(JsonGenerator json, Verdict verdict, double threshold) throws IOException {
    json.writeStartObject();
    json.writeBooleanField("same", verdict.same());
    number(json, "probability", verdict.probability());
    number(json, "score", verdict.score());
    number(json, "threshold", threshold);
    json.writeEndObject();
  }

  /** JSON has no infinity. */
  static void number(JsonGenerator json, String name, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumberField(name, value);
    } else {
      json.writeNullField(name);
    }
  }
}
