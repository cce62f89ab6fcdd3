package dev.doppel.loss;

/** What a violation costs. */
public enum Hinge {
  /** {@code max(0, x)}; at 0 itself it is not active and has slope 0. */
  RELU,
  /** {@code log(1 + exp x)}, the soft margin of Hermans et al. 2017, never quite 0. */
  SOFTPLUS;

  double of(double x) {
    return this == RELU ? Math.max(0, x) : Exponentials.softplus(x);
  }

  double slope(double x) {
    return this == RELU ? (x > 0 ? 1 : 0) : Exponentials.sigmoid(x);
  }
}
