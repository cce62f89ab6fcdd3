package dev.doppel.cli;

import dev.doppel.error.DataException;
import dev.doppel.error.OptionException;
import dev.doppel.eval.PairScores;
import dev.doppel.model.Calibration;
import java.util.List;

/**
 * By what the threshold for two images is chosen.
 *
 * @param text as it is written: {@code eer}, {@code accuracy} or {@code far=0.01}
 * @param far the share of different pairs that may be accepted; 0 unless it is the target
 */
record CalibrationTarget(String text, double far) {

  static final CalibrationTarget EER = new CalibrationTarget("eer", 0);
  static final CalibrationTarget ACCURACY = new CalibrationTarget("accuracy", 0);

  /** Of how many accepted pairs a share must consist to be believed. */
  private static final int FEW = 10;

  private static final String FAR = "far=";

  /**
   * The target that a text names.
   *
   * @throws OptionException if there is none
   */
  static CalibrationTarget of(String text) {
    for (CalibrationTarget each : List.of(EER, ACCURACY)) {
      if (each.text.equals(text)) {
        return each;
      }
    }
    if (!text.startsWith(FAR)) {
      throw OptionException.unknown("target", text, List.of("eer", "accuracy", "far=0.01"));
    }
    double far;
    try {
      far = Double.parseDouble(text.substring(FAR.length()));
    } catch (NumberFormatException e) {
      throw new OptionException(
          "The target " + text, "It names a share, as in far=0.01", "Write a number after it", e);
    }
    OptionException.require(far > 0 && far < 1, "far", far, "above 0 and below 1");
    return new CalibrationTarget(text, far);
  }

  /** Whether so many pairs can speak of the target. */
  boolean supported(PairScores pairs) {
    return far == 0 || far * pairs.different().length >= FEW;
  }

  /**
   * The threshold.
   *
   * @throws DataException if there are too few pairs to say
   */
  double threshold(PairScores pairs, Calibration calibration) {
    if (!supported(pairs)) {
      throw new DataException(
          "%s with %,d different pairs of %,d classes"
              .formatted(text, pairs.different().length, pairs.classes()),
          "That share needs at least %,.0f different pairs".formatted(Math.ceil(FEW / far)),
          "Ask for a larger share, or calibrate on more images of more classes");
    }
    return far > 0
        ? calibration.threshold(far, 1)
        : this.equals(EER) ? pairs.equalErrorScore() : pairs.bestScore();
  }
}
