package dev.doppel.cli;

import dev.doppel.Decision;
import dev.doppel.eval.AnswerRule;
import dev.doppel.model.Calibration;

/**
 * Answers as the recogniser gives them.
 *
 * @param calibration what makes them of scores
 */
record OpenAnswers(Calibration calibration) implements AnswerRule {

  @Override
  public double threshold(double falseAccepts, int labels) {
    return calibration.threshold(falseAccepts, labels);
  }

  @Override
  public Ruling rule(double[] closest, double falseAccepts, int labels) {
    double probability = calibration.probabilities(closest, labels)[0];
    double strangers = calibration.falseAccepts(closest[0], labels);
    Decision decision = Decision.of(strangers, probability, falseAccepts);
    return new Ruling(
        switch (decision) {
          case KNOWN -> Said.KNOWN;
          case UNSURE -> Said.UNSURE;
          case UNKNOWN -> Said.UNKNOWN;
        },
        probability);
  }
}
