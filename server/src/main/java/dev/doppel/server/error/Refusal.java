package dev.doppel.server.error;

/**
 * A request that is not granted: the status and the parts of the error that is sent.
 *
 * <p>Part of normal life, and thrown often under overload, so it carries no stack trace.
 */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String allowed;
  private final String next;
  private final int retryAfter;

  /**
   * @param status of HTTP
   * @param code stands for the reason and never changes, as in {@code unknown_label}
   * @param given what was found
   * @param allowed what was expected instead
   * @param next what to do about it
   */
  public Refusal(int status, String code, String given, String allowed, String next) {
    this(status, code, given, allowed, next, 0);
  }

  private Refusal(
      int status, String code, String given, String allowed, String next, int retryAfter) {
    super(given, null, false, false);
    this.status = status;
    this.code = code;
    this.allowed = allowed;
    this.next = next;
    this.retryAfter = retryAfter;
  }

  /** 400: the request is malformed. */
  public static Refusal malformed(String given, String allowed, String next) {
    return new Refusal(400, "malformed", given, allowed, next);
  }

  /** 404: what is named is not there. */
  public static Refusal missing(String code, String given, String next) {
    return new Refusal(404, code, given, "What is named must exist", next);
  }

  /** 503: too much to do at once; better soon than late. */
  public static Refusal overloaded(String given) {
    return new Refusal(
        503,
        "overloaded",
        given,
        "The server takes only as much as it can do in time",
        "Try again a little later",
        1);
  }

  /** 429: asked too often. */
  public static Refusal tooOften(String allowed, int retryAfter) {
    return new Refusal(
        429, "rate_limited", "Too many requests", allowed, "Try again later", retryAfter);
  }

  /** The status of HTTP. */
  public int status() {
    return status;
  }

  /** What stands for the reason. */
  public String code() {
    return code;
  }

  /** What was found. */
  public String given() {
    return String.valueOf(getMessage());
  }

  /** What was expected instead. */
  public String allowed() {
    return allowed;
  }

  /** What to do about it. */
  public String next() {
    return next;
  }

  /** After how many seconds to try again; 0 if that is no use. */
  public int retryAfter() {
    return retryAfter;
  }
}
