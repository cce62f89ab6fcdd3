package dev.doppel.model;

import dev.doppel.error.ModelException;
import dev.doppel.eval.Roc;
import dev.doppel.eval.Scored;
import java.util.List;

/**
 * From a head's score to a decision and a probability, fitted on validation pairs.
 *
 * <p>The probability of "same" is {@code sigmoid(slope · score + offset)} (Platt 1999), for pairs
 * of which half are the same.
 *
 * @param threshold accept as the same at this score or above
 * @param slope positive: higher scores are closer
 * @param offset shift of the logit
 */
public record Calibration(double threshold, double slope, double offset) {

  /**
   * Of a model that was never calibrated: it accepts nothing, and every pair is as likely the same
   * as not.
   */
  public static final Calibration NONE = new Calibration(Double.MAX_VALUE, 1e-300, 0);

  /** Beyond it a ratio could no longer be added to others. */
  private static final double MAX_LOGIT = 600;

  public Calibration {
    if (!(slope > 0) || !Double.isFinite(threshold) || !Double.isFinite(offset)) {
      throw new IllegalArgumentException(
          "calibration needs a positive slope and finite numbers, got threshold "
              + threshold
              + ", slope "
              + slope
              + ", offset "
              + offset);
    }
  }

  /**
   * Fits the best-accuracy threshold ({@link Roc#bestThreshold}) and Platt's probability.
   *
   * <p>Both kinds of pair weigh the same, however many there are, and targets are drawn in from 0
   * and 1 as Platt did, so that scores which tell all pairs apart still give finite numbers.
   * Deterministic.
   *
   * @param pairs validation pairs of both kinds
   * @throws dev.doppel.error.DataException if one kind is missing
   * @throws ModelException if the scores do not rise from different to same
   */
  public static Calibration fit(List<Scored> pairs) {
    double threshold = new Roc(pairs).bestThreshold();
    PlattFit fit = PlattFit.of(pairs);
    if (!(fit.slope() > 0) || !Double.isFinite(fit.slope()) || !Double.isFinite(fit.offset())) {
      throw new ModelException(
          "Scores of %d pairs give a slope of %s".formatted(pairs.size(), fit.slope()),
          "Scores must be finite, and higher for pairs that are the same",
          "The model has not learned, or its head has the wrong sign: train longer");
    }
    return new Calibration(threshold, fit.slope(), fit.offset());
  }

  /** Whether it was fitted to anything; answers must say so if not. */
  public boolean fitted() {
    return !equals(NONE);
  }

  /** How many times likelier this score is for a pair that is the same than for another. */
  public double likelihoodRatio(double score) {
    return Math.exp(Math.min(MAX_LOGIT, slope * score + offset));
  }

  /**
   * The share of strangers that reach this score with at least one of so many labels.
   *
   * <p>As if labels were independent, which overstates it: whoever resembles one label resembles
   * its likes.
   */
  public double falseAccepts(double score, long labels) {
    double one = Math.min(1, 1 / likelihoodRatio(score)); // never more, whatever the densities
    return -Math.expm1(labels * Math.log1p(-one));
  }

  /** The lowest score that at most this share of strangers reaches with any of so many labels. */
  public double threshold(double falseAccepts, long labels) {
    double one = -Math.expm1(Math.log1p(-falseAccepts) / labels);
    return (-Math.log(one) - offset) / slope;
  }

  /** The probability that two images with this score show the same thing. */
  public double probability(double score) {
    return 1 / (1 + Math.exp(-(slope * score + offset)));
  }

  /** Whether this score is accepted as the same. */
  public boolean accepts(double score) {
    return score >= threshold;
  }
}
