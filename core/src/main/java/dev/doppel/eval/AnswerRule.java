package dev.doppel.eval;

/**
 * How scores against a gallery become an answer; set before the questions are seen. Thread-safe.
 */
public interface AnswerRule {

  /** What is said of the closest label. */
  enum Said {
    KNOWN,
    UNSURE,
    UNKNOWN
  }

  /**
   * An answer about the closest label.
   *
   * @param said whether it is meant
   * @param probability how likely it is to be right, where half of all images show enrolled things
   */
  record Ruling(Said said, double probability) {}

  /**
   * The score from which a label is accepted.
   *
   * @param falseAccepts share of strangers that may reach it
   * @param labels how many are enrolled
   */
  double threshold(double falseAccepts, int labels);

  /**
   * The answer.
   *
   * @param closest scores of the closest labels, falling, ten at most
   * @param falseAccepts share of strangers that may be taken for known
   * @param labels how many are enrolled
   */
  Ruling rule(double[] closest, double falseAccepts, int labels);
}
