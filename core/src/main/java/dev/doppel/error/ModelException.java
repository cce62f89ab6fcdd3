package dev.doppel.error;

/** A model file or checkpoint that is missing, damaged or does not fit. */
public final class ModelException extends DoppelException {

  private static final long serialVersionUID = 1L;

  /** See {@link DoppelException}. */
  public ModelException(String given, String allowed, String next) {
    super(given, allowed, next, null);
  }

  /** See {@link DoppelException}; {@code cause} is what lies beneath. */
  public ModelException(String given, String allowed, String next, Throwable cause) {
    super(given, allowed, next, cause);
  }
}
