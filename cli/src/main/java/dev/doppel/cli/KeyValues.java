package dev.doppel.cli;

import dev.doppel.error.OptionException;
import dev.doppel.gallery.Filter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pairs of key and value as options give them: {@code --where colour=red}. */
final class KeyValues {

  private KeyValues() {}

  /**
   * The pairs, in order.
   *
   * @param option its name, for messages
   * @throws OptionException if one has no {@code =}, or a key comes twice
   */
  static Map<String, String> of(String option, List<String> pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new OptionException(
            option + " " + pair,
            "It takes a key and a value, as in " + option + " colour=red",
            "Write it so");
      }
      String key = pair.substring(0, equals);
      if (map.putIfAbsent(key, pair.substring(equals + 1)) != null) {
        throw new OptionException(
            option + " says " + key + " twice", "A key has one value", "Leave one out");
      }
    }
    return map;
  }

  /** The filter of {@code --where}. */
  static Filter filter(List<String> where) {
    return where.isEmpty() ? Filter.none() : new Filter(of("--where", where));
  }
}
