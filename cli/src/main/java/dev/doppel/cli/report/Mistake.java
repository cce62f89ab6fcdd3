package dev.doppel.cli.report;

import dev.doppel.data.Sample;
import dev.doppel.episode.Trial;

/**
 * A trial answered wrongly.
 *
 * @param query what was asked
 * @param right the example that shows the same class
 * @param answered the example that was taken for it
 * @param margin by how much its score exceeded the right one's, 0 for a tie
 */
public record Mistake(Sample query, Sample right, Sample answered, double margin) {

  /**
   * The mistake of answering {@code way} in a trial; the first image of each class stands for it.
   */
  public static Mistake of(Trial trial, int way, double margin) {
    return new Mistake(
        trial.query(),
        trial.support().get(trial.answer()).get(0),
        trial.support().get(way).get(0),
        margin);
  }
}
