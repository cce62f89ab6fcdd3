package dev.doppel.error;

/** A training run that stopped: diverged, collapsed, or out of room. */
public final class TrainingException extends DoppelException {

  private static final long serialVersionUID = 1L;

  /** See {@link DoppelException}. */
  public TrainingException(String given, String allowed, String next) {
    super(given, allowed, next, null);
  }

  /** See {@link DoppelException}; {@code cause} is what lies beneath. */
  public TrainingException(String given, String allowed, String next, Throwable cause) {
    super(given, allowed, next, cause);
  }
}
