package dev.doppel.loss;

/** Exponentials and logarithms that neither overflow nor cancel. */
final class Exponentials {

  /** Terms this far below the largest do not show in a double. */
  private static final double NEGLIGIBLE = -40;

  private Exponentials() {}

  /** {@code log(1 + exp x)}. */
  static double softplus(double x) {
    return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
  }

  /** {@code 1 / (1 + exp −x)}, the derivative of {@link #softplus}. */
  static double sigmoid(double x) {
    if (x >= 0) {
      return 1 / (1 + Math.exp(-x));
    }
    double e = Math.exp(x);
    return e / (1 + e);
  }

  /** {@code log(exp a + exp b)}; either may be minus infinity. */
  static double logAdd(double a, double b) {
    double high = Math.max(a, b);
    return high == Double.NEGATIVE_INFINITY ? high : high + Math.log1p(Math.exp(-Math.abs(a - b)));
  }

  /** {@code exp x} for x of at most 0, and 0 where that would not show beside 1. */
  static double share(double x) {
    return x < NEGLIGIBLE ? 0 : Math.exp(x);
  }
}
