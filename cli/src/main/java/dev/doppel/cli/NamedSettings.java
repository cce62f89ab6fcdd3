package dev.doppel.cli;

import dev.doppel.error.OptionException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A name with settings, as options give them: {@code triplet:margin=0.3,hinge=softplus}.
 *
 * @param name before the colon
 * @param settings after it
 */
record NamedSettings(String name, Map<String, String> settings) {

  static NamedSettings of(String option, String text) {
    int colon = text.indexOf(':');
    Map<String, String> settings = new LinkedHashMap<>();
    if (colon >= 0) {
      for (String each : text.substring(colon + 1).split(",", -1)) {
        int equals = each.indexOf('=');
        if (equals < 1
            || settings.put(each.substring(0, equals).strip(), each.substring(equals + 1).strip())
                != null) {
          throw new OptionException(
              option + " " + text,
              "After the colon come settings, each once, as KEY=VALUE with commas between",
              "Give it as in " + option + " NAME:KEY=VALUE");
        }
      }
    }
    return new NamedSettings((colon < 0 ? text : text.substring(0, colon)).strip(), settings);
  }
}
