package dev.doppel.server.http;

import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request is called in answers and logs. */
final class RequestIds {

  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private RequestIds() {}

  /** The client's own, if it can stand in a log, else a new one. */
  static String of(@Nullable String given) {
    return given != null && SANE.matcher(given).matches()
        ? given
        : Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36);
  }
}
