package dev.doppel.error;

/** A server that cannot start: its port is taken, or its certificate cannot be used. */
public final class ServerException extends DoppelException {
  private static final long serialVersionUID = 1L;

  /** See {@link DoppelException}. */
  public ServerException(String given, String allowed, String next) {
    super(given, allowed, next, null);
  }

  /** See {@link DoppelException}; {@code cause} is what lies beneath. */
  public ServerException(String given, String allowed, String next, Throwable cause) {
    super(given, allowed, next, cause);
  }
}
