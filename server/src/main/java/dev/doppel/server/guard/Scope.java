package dev.doppel.server.guard;

import dev.doppel.error.OptionException;
import java.util.Arrays;
import java.util.Locale;

/** What a key lets its holder do. */
public enum Scope {
  /** Identify, verify, list and look at what is enrolled. */
  READ,
  /** Enrol, rename, merge and forget. */
  WRITE,
  /** Create and delete galleries. */
  ADMIN;

  /** How key files and commands call it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The scope of a text.
   *
   * @throws OptionException if there is none
   */
  public static Scope of(String text) {
    for (Scope scope : values()) {
      if (scope.text().equals(text)) {
        return scope;
      }
    }
    throw OptionException.unknown("scope", text, Arrays.stream(values()).map(Scope::text).toList());
  }
}
