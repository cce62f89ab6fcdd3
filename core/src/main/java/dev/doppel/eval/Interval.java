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
}
