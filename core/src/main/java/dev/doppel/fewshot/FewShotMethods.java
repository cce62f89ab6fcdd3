package dev.doppel.fewshot;

import dev.doppel.error.OptionException;
import dev.doppel.option.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All methods that learn nothing beforehand, by name, with settings as texts. */
public final class FewShotMethods {

  private static final Map<String, Record> DEFAULTS = new LinkedHashMap<>();

  static {
    add(Prototypical.paper());
    add(Matching.defaults());
    add(NearestNeighbours.defaults());
    add(RidgeClassifier.defaults());
    add(LogisticClassifier.defaults());
  }

  private FewShotMethods() {}

  private static <M extends Record & FewShotMethod> void add(M method) {
    DEFAULTS.put(method.name(), method);
  }

  /** The names of all methods. */
  public static List<String> names() {
    return List.copyOf(DEFAULTS.keySet());
  }

  /** The settings of a method with their defaults. */
  public static Map<String, String> settings(String name) {
    return Settings.of(defaults(name));
  }

  /**
   * The method of that name.
   *
   * @param settings those that differ from the defaults
   * @throws OptionException if the name or a setting is unknown, or a value is not allowed
   */
  public static FewShotMethod named(String name, Map<String, String> settings) {
    Record method = defaults(name);
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      method = Settings.with(method, setting.getKey(), setting.getValue());
    }
    return (FewShotMethod) method;
  }

  private static Record defaults(String name) {
    Record found = DEFAULTS.get(name);
    if (found == null) {
      throw OptionException.unknown("method", name, DEFAULTS.keySet());
    }
    return found;
  }
}
