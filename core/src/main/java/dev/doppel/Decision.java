package dev.doppel;

/**
 * What an answer dares to say, at the false-accept rate that the question allows.
 *
 * <p>The rate is of strangers: images of things that were never enrolled. More labels mean more
 * chances to resemble one by accident, so it is reckoned for the gallery's size.
 */
public enum Decision {
  /**
   * At most the allowed share of strangers would score as high, and no other label is as likely.
   */
  KNOWN,

  /**
   * Some strangers would score as high (up to ten times the share), or two labels compete. Always,
   * if the model was never calibrated.
   */
  UNSURE,

  /** So low a score means little: most likely it shows something that was never enrolled. */
  UNKNOWN;

  /** A decision is unsure up to so many times the allowed share of strangers. */
  private static final double UNSURE_UP_TO = 10;

  /**
   * The decision about the closest label.
   *
   * @param strangers share of strangers that score as high with any label
   * @param probability that the label is right
   * @param allowed share of strangers that may be taken for known
   */
  public static Decision of(double strangers, double probability, double allowed) {
    if (strangers <= allowed && probability >= 0.5) {
      return KNOWN;
    }
    return strangers <= UNSURE_UP_TO * allowed ? UNSURE : UNKNOWN;
  }
}
