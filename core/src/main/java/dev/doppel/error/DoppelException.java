package dev.doppel.error;

/**
 * A failure a person can act on, told in three parts: what was given, what is allowed, what to do
 * next.
 *
 * <p>The command line and every other front end print {@link #getMessage()} as it is; anything else
 * that is thrown is a fault of Doppel's own.
 */
public abstract sealed class DoppelException extends RuntimeException
    permits DataException,
        GalleryException,
        ModelException,
        OptionException,
        ServerException,
        TrainingException {

  private static final long serialVersionUID = 1L;

  private final String given;
  private final String allowed;
  private final String next;

  /**
   * @param given what was found, with its name and value
   * @param allowed what was expected instead
   * @param next what to do about it
   * @param cause what lies beneath, or null
   */
  protected DoppelException(
      String given,
      String allowed,
      String next,
      @org.jspecify.annotations.Nullable Throwable cause) {
    super(sentence(given) + " " + sentence(allowed) + " " + sentence(next), cause);
    this.given = given;
    this.allowed = allowed;
    this.next = next;
  }

  /** The first part alone: what was found, for lists of several failures. */
  public String given() {
    return given;
  }

  /** The second part alone: what was expected instead. */
  public String allowed() {
    return allowed;
  }

  /** The third part alone: what to do about it. */
  public String next() {
    return next;
  }

  private static String sentence(String part) {
    String words = part.strip();
    boolean ended = words.matches("(?s).*[.!?:]") || words.matches("(?s).*\\n\\W");
    return ended ? words : words + "."; // a list or a template ends as it does
  }
}
