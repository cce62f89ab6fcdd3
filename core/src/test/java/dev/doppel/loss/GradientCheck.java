package dev.doppel.loss;

import java.util.function.ToDoubleFunction;

/** The one check that all gradients go through: central differences of the value. */
final class GradientCheck {

  /** Of the step, in double precision. */
  private static final double STEP = 1e-5;

  private GradientCheck() {}

  /**
   * Compares a gradient with the differences of a function in double precision.
   *
   * @param gradient {@code [count * dim]}
   * @param at {@code [count][dim]}, where it was taken
   * @param value the loss there
   */
  static void of(float[] gradient, double[][] at, ToDoubleFunction<double[][]> value) {
    int dim = at[0].length;
    double[] differences = new double[gradient.length];
    for (int i = 0; i < gradient.length; i++) {
      double before = at[i / dim][i % dim];
      at[i / dim][i % dim] = before + STEP;
      double above = value.applyAsDouble(at);
      at[i / dim][i % dim] = before - STEP;
      double below = value.applyAsDouble(at);
      at[i / dim][i % dim] = before;
      differences[i] = (above - below) / (2 * STEP);
    }
    Close.gradient(gradient, differences, 2e-4, 1e-5);
  }
}
