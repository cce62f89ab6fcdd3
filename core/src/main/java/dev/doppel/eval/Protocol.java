package dev.doppel.eval;

/**
 * A fixed list of questions, and how answers to them become a score.
 *
 * <p>Its questions depend on its options and seed alone, so every matcher gets the same ones.
 * Immutable and thread-safe.
 */
public interface Protocol {

  /** What reports call it, with its options: {@code episodes 5-way 1-shot within}. */
  String name();

  /** Every question asked, to be written to a file and compared. */
  Questions questions();

  /**
   * Asks everything.
   *
   * @throws dev.doppel.error.ModelException if the matcher cannot be scored: all its answers tie,
   *     or are no numbers
   */
  Evaluation run(Matcher matcher);
}
