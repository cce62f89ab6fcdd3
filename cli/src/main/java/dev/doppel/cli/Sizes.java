package dev.doppel.cli;

import java.util.Locale;

/** Numbers of bytes as people read them: {@code 1.5 MB}. */
final class Sizes {

  private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

  private Sizes() {}

  /** So many bytes, in powers of a thousand. */
  static String of(long bytes) {
    if (bytes < 1000) {
      return Counted.of(bytes, "byte");
    }
    double size = bytes / 1000.0;
    int unit = 0;
    while (size >= 999.95 && unit < UNITS.length - 1) {
      size /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
  }
}
