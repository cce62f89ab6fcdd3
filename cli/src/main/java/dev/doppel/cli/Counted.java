package dev.doppel.cli;

import java.util.Locale;

/** Numbers of things in words: {@code 1 label}, {@code 1,200 images}. */
final class Counted {

  private Counted() {}

  /** So many of a thing whose plural takes an s. */
  static String of(long number, String thing) {
    return String.format(Locale.ROOT, "%,d %s%s", number, thing, number == 1 ? "" : "s");
  }

  /** So many classes. */
  static String classes(long number) {
    return String.format(Locale.ROOT, "%,d class%s", number, number == 1 ? "" : "es");
  }
}
