package dev.doppel.cli;

import dev.doppel.error.DoppelException;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;

/** A value that an option or argument cannot have, in a person's words and not the parser's. */
final class WrongValue {

  private static final Map<Class<?>, String> ALLOWED =
      Map.of(
          int.class, "a whole number",
          Integer.class, "a whole number",
          long.class, "a whole number",
          Long.class, "a whole number",
          double.class, "a number, such as 0.01",
          Double.class, "a number, such as 0.01");

  private static final String DIGITS = "[-+]?\\d+";

  private WrongValue() {}

  /** An option that is there twice, or a value that is not there at all. */
  static Optional<String> number(ParameterException failure) {
    if (failure instanceof OverwrittenOptionException twice
        && twice.getOverwritten() instanceof OptionSpec option) {
      return Optional.of(
          option.longestName() + " is there twice. It is given once: leave one out.");
    }
    if (failure instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      ArgSpec first = missing.getMissing().get(0);
      return Optional.of(
          !(first instanceof OptionSpec option)
              ? "There is no %s. Write it after the command.".formatted(first.paramLabel())
              : String.valueOf(missing.getMessage()).contains("required option")
                  ? "There is no %1$s. Write %1$s %2$s."
                      .formatted(option.longestName(), first.paramLabel())
                  : "%s has no value. Write %s after it."
                      .formatted(option.longestName(), first.paramLabel()));
    }
    return Optional.empty();
  }

  /** What was given and what is allowed; empty if the failure is not about a value. */
  static Optional<String> in(ParameterException failure) {
    if (failure.getCause() instanceof DoppelException refused) { // a converter of our own
      return Optional.of(String.valueOf(refused.getMessage()));
    }
    ArgSpec argument = failure.getArgSpec();
    String value = failure.getValue();
    if (argument == null || value == null) {
      return Optional.empty();
    }
    Class<?> type = argument.auxiliaryTypes()[0];
    String allowed = ALLOWED.getOrDefault(type, "a " + argument.paramLabel());
    boolean large = value.matches(DIGITS) && ALLOWED.containsKey(type);
    return Optional.of(
        "%s is '%s'. It must be %s%s."
            .formatted(
                argument instanceof OptionSpec option
                    ? option.longestName()
                    : argument.paramLabel(),
                value,
                allowed,
                large ? " of fewer digits" : ""));
  }
}
