package dev.doppel.error;

/** Images or data sets that are missing, wrong, partial or unreadable. */
public final class DataException extends DoppelException {

  private static final long serialVersionUID = 1L;

  /** See {@link DoppelException}. */
  public DataException(String given, String allowed, String next) {
    super(given, allowed, next, null);
  }

  /** See {@link DoppelException}; {@code cause} is what lies beneath. */
  public DataException(String given, String allowed, String next, Throwable cause) {
    super(given, allowed, next, cause);
  }
}
