package dev.doppel.cli;

import dev.doppel.error.OptionException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/** Durations as people type and read them: {@code 8m}, {@code 1h30m}, {@code 90s}. */
final class DurationText implements ITypeConverter<Duration> {

  private static final Pattern FORM =
      Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?");

  @Override
  public Duration convert(String text) {
    Matcher parts = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    Duration duration = Duration.ZERO;
    if (parts.matches()) {
      duration =
          Duration.ofHours(number(parts, 1))
              .plusMinutes(number(parts, 2))
              .plusSeconds(number(parts, 3));
    }
    if (duration.isZero()) {
      throw new OptionException(
          "The budget is '" + text + "'",
          "It must be a time in hours, minutes and seconds, above zero",
          "Write it like 8m, 90s or 1h30m");
    }
    return duration;
  }

  /** A duration as a clock shows it: {@code 4:05}, {@code 1:02:03}. */
  static String clock(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    String rest = String.format(Locale.ROOT, "%02d", seconds % 60);
    return seconds < 3600
        ? seconds / 60 + ":" + rest
        : String.format(Locale.ROOT, "%d:%02d:%s", seconds / 3600, seconds / 60 % 60, rest);
  }

  private static long number(Matcher parts, int group) {
    String digits = parts.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
