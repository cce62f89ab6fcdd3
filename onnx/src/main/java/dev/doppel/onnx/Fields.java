package dev.doppel.onnx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One JSON object of a model file's metadata, read strictly. */
record Fields(Map<String, Object> values) {

  /** What people call the types of values. */
  private static final Map<Class<?>, String> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put(String.class, "a text in quotes");
    NAMES.put(Boolean.class, "true or false");
    NAMES.put(Long.class, "a whole number");
    NAMES.put(Number.class, "a number");
    NAMES.put(List.class, "a list");
    NAMES.put(Map.class, "an object in braces");
  }

  /** Reads an object. */
  static Fields of(String json) throws IOException {
    return new Fields(map("", Json.read(json), Object.class));
  }

  /** Refuses other fields than these, be they more or fewer. */
  void demand(Set<String> names) throws IOException {
    if (!values.keySet().equals(names)) {
      throw new IOException(
          "fields " + new TreeSet<>(values.keySet()) + " instead of " + new TreeSet<>(names));
    }
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  String text(String name) throws IOException {
    return as(String.class, name, values.get(name));
  }

  boolean truth(String name) throws IOException {
    return as(Boolean.class, name, values.get(name));
  }

  long whole(String name) throws IOException {
    return as(Long.class, name, values.get(name));
  }

  int integer(String name) throws IOException {
    long value = whole(name);
    if (value != (int) value) {
      throw new IOException(name + " " + value + " is out of range");
    }
    return (int) value;
  }

  double number(String name) throws IOException {
    return as(Number.class, name, values.get(name)).doubleValue();
  }

  List<Float> floats(String name) throws IOException {
    List<Float> floats = new ArrayList<>();
    for (Object element : as(List.class, name, values.get(name))) {
      floats.add(as(Number.class, name, element).floatValue());
    }
    return floats;
  }

  List<Double> numbers(String name) throws IOException {
    List<Double> numbers = new ArrayList<>();
    for (Object element : as(List.class, name, values.get(name))) {
      numbers.add(as(Number.class, name, element).doubleValue());
    }
    return numbers;
  }

  Fields object(String name) throws IOException {
    return new Fields(map(name, values.get(name), Object.class));
  }

  Map<String, String> texts(String name) throws IOException {
    return map(name, values.get(name), String.class);
  }

  private static <T> Map<String, T> map(String name, @Nullable Object value, Class<T> type)
      throws IOException {
    Map<String, T> map = new LinkedHashMap<>();
    Map<?, ?> found = as(Map.class, name, value);
    for (Map.Entry<?, ?> entry : found.entrySet()) {
      String key = as(String.class, name, entry.getKey());
      map.put(key, as(type, key, entry.getValue()));
    }
    return map;
  }

  private static <T> T as(Class<T> type, String name, @Nullable Object value) throws IOException {
    if (!type.isInstance(value)) {
      throw new IOException(
          "%s, where %s belongs"
              .formatted(
                  name.isEmpty() ? "it is " + kind(value) : "\"" + name + "\" is " + said(value),
                  NAMES.getOrDefault(type, "another value")));
    }
    return type.cast(value);
  }

  private static String said(@Nullable Object value) {
    return value instanceof Map || value instanceof List || value == null
        ? kind(value)
        : Json.write(value);
  }

  private static String kind(@Nullable Object value) {
    return NAMES.entrySet().stream()
        .filter(each -> each.getKey().isInstance(value))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("missing");
  }
}
