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
   * Refuses a setting that is out of range.
   *
   * @param holds whether the value is allowed
   * @param setting the setting's name, as options give it
   * @param value what was given
   * @param allowed what is allowed, as in "above 0"
   */
  public static void require(boolean holds, String setting, Object value, String allowed) {
    if (!holds) {
      throw new OptionException(
          setting + " is " + value, "It must be " + allowed, "Change it and run again");
    }
  }

  /**
   * The refusal of a name nobody knows, with the nearest known one.
   *
   * @param kind what is named, as in "protocol"
   * @param given the unknown name
   * @param known all known names
   */
  public static OptionException unknown(String kind, String given, Collection<String> known) {
    String nearest = NearestName.of(given, known);
    return new OptionException(
        "There is no " + kind + " \"" + given + "\"",
        known.isEmpty() ? "None is known" : "Known are " + String.join(", ", known),
        nearest != null
            ? "Did you mean " + nearest + "?"
            : known.isEmpty() ? "Make one first" : "Take one of these");
  }
}
