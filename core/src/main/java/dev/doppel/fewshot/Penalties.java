package dev.doppel.fewshot;

import dev.doppel.error.OptionException;

/** Penalties on squared weights that are tried against each other. */
final class Penalties {

  private Penalties() {}

  /**
   * Powers of ten from 10⁴ down to 10⁻⁴, times the scale of the rows; the strongest first.
   *
   * @param each how many from one power to the next
   */
  static double[] tried(double scale, int each) {
    double[] penalties = new double[8 * each + 1];
    for (int i = 0; i < penalties.length; i++) {
      penalties[i] = Math.pow(10, 4 - (double) i / each) * (scale > 0 ? scale : 1);
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
