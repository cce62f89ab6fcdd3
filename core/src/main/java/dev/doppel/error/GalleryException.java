package dev.doppel.error;

/** A gallery that is missing, damaged, in use elsewhere, or of another model. */
public final class GalleryException extends DoppelException {

  private static final long serialVersionUID = 1L;

  /** See {@link DoppelException}. */
  public GalleryException(String given, String allowed, String next) {
    super(given, allowed, next, null);
  }

  /** See {@link DoppelException}; {@code cause} is what lies beneath. */
  public GalleryException(String given, String allowed, String next, Throwable cause) {
    super(given, allowed, next, cause);
  }
}
