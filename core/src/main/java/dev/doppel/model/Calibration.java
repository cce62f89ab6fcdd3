package dev.doppel.model;

import dev.doppel.eval.PairScores;

/**
 * From a head's score to a decision and a probability, fitted on images of things that the model
 * did not learn from.
 *
 * <p>Two images are the same from the threshold on. Among many labels a score must be higher, the
 * more of them there are, since each is a chance to resemble one by accident: {@link #strangers}
 * says how high. {@link #evidence} says how sure to be. Immutable and thread-safe.
 *
 * @param threshold accept two images as the same at this score or above
 * @param evidence how many times likelier a score is for the same than for others
 * @param strangers how high images of things score that are not enrolled
 * @param source what it was fitted on and how the threshold was chosen; empty if nobody said
 */
public record Calibration(
    double threshold, Evidence evidence, StrangerCurve strangers, String source) {

  /**
   * Of a model that was never calibrated: it accepts nothing, and every pair is as likely the same
   * as not.
   */
  public static final Calibration NONE = new Calibration(Double.MAX_VALUE, 1e-300, 0);

  public Calibration {
    if (!Double.isFinite(threshold)) {
      throw new IllegalArgumentException("a threshold of " + threshold);
    }
  }

  /**
   * A sigmoid alone, {@code sigmoid(slope · score + offset)} (Platt 1999), as first model files
   * have it. How high strangers score is then only bounded by it.
   *
   * @param slope positive: higher scores are closer
   * @param offset shift of the logit
   */
  public Calibration(double threshold, double slope, double offset) {
    this(threshold, line(slope, offset), StrangerCurve.bound(slope, offset), "");
  }

  private static Evidence line(double slope, double offset) {
    if (!(slope > 0) || !Double.isFinite(slope) || !Double.isFinite(offset)) {
      throw new IllegalArgumentException(
          "calibration needs a positive slope and finite numbers, got slope %s, offset %s"
              .formatted(slope, offset));
    }
    return Evidence.line(slope, offset);
  }

  /**
   * Fits both curves; the threshold is that of best accuracy. Deterministic.
   *
   * @param pairs scores of images that the model did not learn from
   * @param source what they are
   * @throws dev.doppel.error.ModelException if the scores do not rise from different to same
   */
  public static Calibration fit(PairScores pairs, String source) {
    StrangerCurve strangers = CalibrationFit.strangers(pairs);
    return new Calibration(
        pairs.bestScore(), CalibrationFit.evidence(pairs, strangers), strangers, source);
  }

  /** The same with another threshold for two images. */
  public Calibration withThreshold(double other) {
    return new Calibration(other, evidence, strangers, source);
  }

  /** Whether it was fitted to anything; answers must say so if not. */
  public boolean fitted() {
    return threshold != NONE.threshold || !equals(NONE); // the first is quicker at a start
  }

  /** How many times likelier this score is for a pair that is the same than for another. */
  public double likelihoodRatio(double score) {
    return Math.exp(evidence.log(score));
  }

  /** The share of strangers that reach this score with at least one of so many labels. */
  public double falseAccepts(double score, long labels) {
    return strangers.share(score, labels);
  }

  /** The lowest score that at most this share of strangers reaches with any of so many labels. */
  public double threshold(double falseAccepts, long labels) {
    return strangers.score(falseAccepts, labels);
  }

  /** The probability that two images with this score show the same thing, where half of them do. */
  public double probability(double score) {
    return 1 / (1 + Math.exp(-evidence.log(score)));
  }

  /**
   * How likely each of the closest labels is to be shown, where half of all images show an enrolled
   * thing, any label as often (Bayes): {@code LRᵢ / (Σ LRⱼ + N)}.
   *
   * @param scores of the closest labels; ten of them are enough
   * @param labels N, how many were compared
   */
  public double[] probabilities(double[] scores, long labels) {
    double odds = labels;
    double[] ratios = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      ratios[i] = likelihoodRatio(scores[i]);
      odds += ratios[i];
    }
    for (int i = 0; i < scores.length; i++) {
      ratios[i] /= odds;
    }
    return ratios;
  }

  /** Whether this score is accepted as the same. */
  public boolean accepts(double score) {
    return score >= threshold;
  }
}
