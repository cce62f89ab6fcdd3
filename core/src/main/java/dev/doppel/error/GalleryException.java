package dev.doppel.error;

/** A gallery that is missing, damaged, in use elsewhere, or of another model. */
public final class GalleryException extends DoppelException {

  private static final long serialVersionUID = 1L;

  private final boolean full;

  /** See {@link DoppelException}. */
  public GalleryException(String given, String allowed, String next) {
    super(given, allowed, next, null);
    this.full = false;
  }

  /** See {@link DoppelException}; {@code cause} is what lies beneath. */
  public GalleryException(String given, String allowed, String next, Throwable cause) {
    this(given, allowed, next, cause, false);
  }

  private GalleryException(
      String given, String allowed, String next, Throwable cause, boolean full) {
    super(given, allowed, next, cause);
    this.full = full;
  }

  /** One whose only reason is that the disk is full. */
  public static GalleryException full(String given, String allowed, String next, Throwable cause) {
    return new GalleryException(given, allowed, next, cause, true);
  }

  /** Whether it would have been done on a disk with more room. */
  public boolean isFull() {
    return full;
  }
}
