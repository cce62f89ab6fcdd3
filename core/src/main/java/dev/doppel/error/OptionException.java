package dev.doppel.error;

/** A setting that is unknown, out of range or at odds with another. */
public final class OptionException extends DoppelException {

  private static final long serialVersionUID = 1L;

  /** See {@link DoppelException}. */
  public OptionException(String given, String allowed, String next) {
    super(given, allowed, next, null);
  }

  /** See {@link DoppelException}; {@code cause} is what lies beneath. */
  public OptionException(String given, String allowed, String next, Throwable cause) {
    super(given, allowed, next, cause);
  }
}
