package dev.doppel.fewshot;

import dev.doppel.error.OptionException;

/** Penalties on squared weights that are tried against each other. */
final class Penalties {

  /** Half powers of ten from 10⁻⁴ to 10⁴, times the scale of the rows. */
  private static final int TRIED = 17;

  private Penalties() {}

  /** Those to try, the strongest first. */
  static double[] tried(double scale) {
    double[] penalties = new double[TRIED];
    for (int i = 0; i < TRIED; i++) {
      penalties[i] = Math.pow(10, 4 - i / 2.0) * (scale > 0 ? scale : 1);
    }
    return penalties;
  }

  static void check(double penalty) {
    OptionException.require(
        penalty >= 0 && penalty < Double.POSITIVE_INFINITY,
        "penalty",
        penalty,
        "above 0, or 0 to have it chosen by cross-validation");
  }

  /** Refuses to choose where leaving an example out would leave its class without one. */
  static void needSecondExamples(String method, SupportSet support) {
    if (support.shots() < 2) {
      throw new OptionException(
          "The penalty of " + method + " by cross-validation with one example of a class",
          "An example is left out and asked about, so each class needs two or more",
          "Give more shots, or a penalty, such as --set penalty=1");
    }
  }
}
