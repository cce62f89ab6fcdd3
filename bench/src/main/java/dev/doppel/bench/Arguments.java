package dev.doppel.bench;

import dev.doppel.error.OptionException;
import dev.doppel.option.Settings;

/** The arguments of a benchmark: {@code name=value}, each a component of its options. */
final class Arguments {

  private Arguments() {}

  /**
   * The options with what was given in place of the defaults.
   *
   * @throws OptionException if there is no such option, or the value is none of its kind
   */
  static <R extends Record> R read(R defaults, String... arguments) {
    R options = defaults;
    for (String argument : arguments) {
      int sign = argument.indexOf('=');
      if (sign < 0) {
        throw new OptionException(
            "\"" + argument + "\" is no option",
            "Options are name=value; here " + Settings.of(defaults),
            "Write it as one of these");
      }
      options = Settings.with(options, argument.substring(0, sign), argument.substring(sign + 1));
    }
    return options;
  }
}
