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
  UNKNOWN
}
