package dev.doppel.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * As much of JSON Schema as the description uses; a keyword that is not known here fails, so that
 * none is taken for checked.
 */
final class Schema {

  private static final Set<String> KNOWN =
      Set.of(
          "$ref", "type", "properties", "required", "additionalProperties", "items", "enum",
          "oneOf", "description", "format", "pattern", "minimum", "maximum", "exclusiveMinimum",
          "exclusiveMaximum", "minLength", "maxLength", "minItems", "maxItems", "default");

  private final JsonNode document;

  Schema(JsonNode document) {
    this.document = document;
  }

  /** What is wrong with a value; nothing if it fits. */
  List<String> check(JsonNode schema, JsonNode value) {
    List<String> wrong = new ArrayList<>();
    check(schema, value, "", wrong);
    return wrong;
  }

  private void check(JsonNode schema, JsonNode value, String at, List<String> wrong) {
    if (schema.has("$ref")) {
      check(document.at(schema.get("$ref").asText().substring(1)), value, at, wrong);
      return;
    }
    schema.fieldNames().forEachRemaining(name -> expect(KNOWN.contains(name), at, name, wrong));
    if (schema.has("oneOf")) {
      int fits = 0;
      for (JsonNode one : schema.get("oneOf")) {
        fits += check(one, value).isEmpty() ? 1 : 0;
      }
      expect(fits == 1, at, fits + " of oneOf", wrong);
      return;
    }
    expect(isOfType(schema.path("type"), value), at, "type of " + value, wrong);
    if (schema.has("enum")) {
      boolean found = false;
      for (JsonNode one : schema.get("enum")) {
        found |= one.equals(value);
      }
      expect(found, at, "enum: " + value, wrong);
    }
    if (value.isNumber()) {
      double number = value.asDouble();
      expect(number >= schema.path("minimum").asDouble(number), at, "minimum", wrong);
      expect(number <= schema.path("maximum").asDouble(number), at, "maximum", wrong);
      expect(number > schema.path("exclusiveMinimum").asDouble(number - 1), at, "above", wrong);
      expect(number < schema.path("exclusiveMaximum").asDouble(number + 1), at, "below", wrong);
    } else if (value.isTextual()) {
      String text = value.asText();
      expect(text.length() >= schema.path("minLength").asInt(0), at, "minLength", wrong);
      expect(text.length() <= schema.path("maxLength").asInt(1 << 30), at, "maxLength", wrong);
      expect(text.matches(schema.path("pattern").asText("(?s).*")), at, "pattern", wrong);
    } else if (value.isArray()) {
      expect(value.size() >= schema.path("minItems").asInt(0), at, "minItems", wrong);
      expect(value.size() <= schema.path("maxItems").asInt(1 << 30), at, "maxItems", wrong);
      for (int i = 0; i < value.size(); i++) {
        check(schema.get("items"), value.get(i), at + "/" + i, wrong);
      }
    } else if (value.isObject()) {
      object(schema, value, at, wrong);
    }
  }

  private void object(JsonNode schema, JsonNode value, String at, List<String> wrong) {
    for (JsonNode name : schema.path("required")) {
      expect(value.has(name.asText()), at, "misses " + name.asText(), wrong);
    }
    for (Iterator<String> names = value.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      JsonNode property = schema.path("properties").path(name);
      JsonNode others = schema.path("additionalProperties");
      if (!property.isMissingNode()) {
        check(property, value.get(name), at + "/" + name, wrong);
      } else if (others.isObject()) {
        check(others, value.get(name), at + "/" + name, wrong);
      } else {
        expect(others.isMissingNode(), at, "has " + name, wrong);
      }
    }
  }

  private static boolean isOfType(JsonNode types, JsonNode value) {
    if (types.isArray()) {
      for (JsonNode each : types) {
        if (isOfType(each, value)) {
          return true;
        }
      }
      return false;
    }
    return switch (types.asText("")) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> false;
    };
  }

  private static void expect(boolean holds, String at, String what, List<String> wrong) {
    if (!holds) {
      wrong.add((at.isEmpty() ? "/" : at) + ": " + what);
    }
  }
}
