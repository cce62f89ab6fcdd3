package dev.doppel.error;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A setting that is unknown, out of range or at odds with another. */
public final class OptionException extends DoppelException {

  private static final long serialVersionUID = 1L;

  /** See {@link DoppelException}. */
  public OptionException(String given, String allowed, String next) {
    super(given, allowed, next, null);
  }

  /** See {@link DoppelException}; {@code cause} is what lies beneath, if anything. */
  public OptionException(String given, String allowed, String next, @Nullable Throwable cause) {
    super(given, allowed, next, cause);
  }

  /**
   * A name nobody knows, with all known ones and the nearest.
   *
   * @param kind what it should have been the name of, such as {@code protocol}
   * @param given the name as typed
   * @param known every allowed name
   */
  public static OptionException unknown(String kind, String given, Collection<String> known) {
    return new OptionException(
        "There is no " + kind + " \"" + given + "\"",
        "Known are " + String.join(", ", known),
        Nearest.to(given, known)
            .map(name -> "Did you mean " + name + "?")
            .orElse("Take one of these"));
  }
}
