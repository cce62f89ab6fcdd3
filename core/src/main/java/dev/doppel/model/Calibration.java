package dev.doppel.model;

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

  /** The probability that two images with this score show the same thing. */
  public double probability(double score) {
    return 1 / (1 + Math.exp(-(slope * score + offset)));
  }

  /** Whether this score is accepted as the same. */
  public boolean accepts(double score) {
    return score >= threshold;
  }
}
