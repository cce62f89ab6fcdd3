package dev.doppel.eval;

/**
 * A 95 % confidence interval of a proportion or a mean.
 *
 * @param low lower end
 * @param high upper end
 */
public record Interval(double low, double high) {

  /** The two-sided 95 % point of the standard normal distribution. */
  static final double Z = 1.959963984540054;

  /**
   * Wilson's score interval of a proportion (Wilson 1927), without continuity correction.
   *
   * @param successes successes among the trials; ties count fractions
   * @param trials number of trials, at least 1
   */
  public static Interval wilson(double successes, int trials) {
    if (trials < 1 || successes < 0 || successes > trials) {
      throw new IllegalArgumentException(successes + " successes of " + trials + " trials");
    }
    double p = successes / trials;
    double z2 = Z * Z / trials;
    double centre = (p + z2 / 2) / (1 + z2);
    double half = Z / (1 + z2) * Math.sqrt(p * (1 - p) / trials + z2 / (4 * trials));
    return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
  }

  /**
   * Student's t interval of a mean (Student 1908).
   *
   * @param values independent measurements of one thing, at least 2
   */
  public static Interval ofMean(double[] values) {
    int n = values.length;
    if (n < 2) {
      throw new IllegalArgumentException("an interval of the mean of " + n + " values");
    }
    double mean = java.util.Arrays.stream(values).average().orElseThrow();
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double half = studentT(n - 1) * Math.sqrt(squares / (n - 1) / n);
    return new Interval(mean - half, mean + half);
  }

  /** The same, cut to these bounds. */
  public Interval within(double least, double most) {
    return new Interval(Math.max(least, low), Math.min(most, high));
  }

  /** The narrowest interval that covers both, cut to 0 … 1. */
  Interval covering(Interval other) {
    return new Interval(Math.min(low, other.low), Math.max(high, other.high)).within(0, 1);
  }

  /** The two-sided 95 % point of Student's t, found by halving an interval. */
  static double studentT(int degrees) {
    double low = 0;
    double high = 13; // one degree: 12.706
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (inside(middle, degrees) < 0.95) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** P(|T| < t): the finite series in the angle whose tangent is t/√n. */
  private static double inside(double t, int degrees) {
    double angle = Math.atan(t / Math.sqrt(degrees));
    double cosine = Math.cos(angle);
    boolean odd = degrees % 2 == 1;
    double term = odd ? cosine : 1;
    double sum = degrees == 1 ? 0 : term;
    for (int k = odd ? 2 : 1; k < degrees - 1; k += 2) {
      term *= cosine * cosine * k / (k + 1);
      sum += term;
    }
    double series = Math.sin(angle) * sum;
    return odd ? 2 / Math.PI * (angle + series) : series;
  }
}
