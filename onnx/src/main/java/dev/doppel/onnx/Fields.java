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

  /** Reads an object. */
  static Fields of(String json) throws IOException {
    return new Fields(map(Json.read(json), Object.class));
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
    return as(String.class, values.get(name));
  }

  boolean truth(String name) throws IOException {
    return as(Boolean.class, values.get(name));
  }

  long whole(String name) throws IOException {
    return as(Long.class, values.get(name));
  }

  int integer(String name) throws IOException {
    long value = whole(name);
    if (value != (int) value) {
      throw new IOException(name + " " + value + " is out of range");
    }
    return (int) value;
  }

  double number(String name) throws IOException {
    return as(Number.class, values.get(name)).doubleValue();
  }

  List<Float> floats(String name) throws IOException {
    List<Float> floats = new ArrayList<>();
    for (Object element : as(List.class, values.get(name))) {
      floats.add(as(Number.class, element).floatValue());
    }
    return floats;
  }

  List<Double> numbers(String name) throws IOException {
    List<Double> numbers = new ArrayList<>();
    for (Object element : as(List.class, values.get(name))) {
      numbers.add(as(Number.class, element).doubleValue());
    }
    return numbers;
  }

  Fields object(String name) throws IOException {
    return new Fields(map(values.get(name), Object.class));
  }

  Map<String, String> texts(String name) throws IOException {
    return map(values.get(name), String.class);
  }

  private static <T> Map<String, T> map(@Nullable Object value, Class<T> type) throws IOException {
    Map<String, T> map = new LinkedHashMap<>();
    Map<?, ?> found = as(Map.class, value);
    for (Map.Entry<?, ?> entry : found.entrySet()) {
      map.put(as(String.class, entry.getKey()), as(type, entry.getValue()));
    }
    return map;
  }

  private static <T> T as(Class<T> type, @Nullable Object value) throws IOException {
    if (!type.isInstance(value)) {
      throw new IOException(value + " where there should be a " + type.getSimpleName());
    }
    return type.cast(value);
  }
}
