package dev.doppel.cli.results;

import dev.doppel.eval.Interval;

/**
 * What a row came to.
 *
 * @param accuracy share of right answers, or whatever share the row is about, 0 to 1
 * @param interval 95 % interval of it
 * @param trials questions asked
 * @param seeds of the questions or the trainings, as people read them: {@code 1}, {@code fixed}
 * @param seconds the measurement took, or the training where the row is of a {@link Recipe}
 * @param millis an image: to embed it, for a baseline to compare it with twenty, both where the
 *     closest answers are looked at again; 0 where nobody measured that
 */
public record Figure(
    double accuracy, Interval interval, int trials, String seeds, double seconds, double millis) {

  /** Figures are recorded to so many. */
  private static final double ROUNDING = 1e-6;

  /** Whether a figure measured anew lies within this one's interval. */
  public boolean covers(Figure anew) {
    return anew.accuracy >= interval.low() - ROUNDING
        && anew.accuracy <= interval.high() + ROUNDING;
  }
}
