package dev.doppel.random;

import java.util.List;

/**
 * The stream of random numbers at one {@link Seed}: SplitMix64, so that every JDK draws the same.
 *
 * <p>Not thread-safe; streams are cheap, make one per item.
 */
public final class Draws {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  Draws(long state) {
    this.state = state;
  }

  /** The next 64 bits. */
  public long nextLong() {
    state += GOLDEN;
    return Seed.mix(state);
  }

  /**
   * A whole number in {@code [0, bound)}, each equally likely to within 2<sup>-32</sup>.
   *
   * @throws IllegalArgumentException if {@code bound} is not positive
   */
  public int below(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive, got " + bound);
    }
    return (int) (((nextLong() >>> 32) * bound) >>> 32);
  }

  /** A number in {@code [0, 1)}. */
  public double unit() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /** A number in {@code [low, high)}. */
  public double between(double low, double high) {
    return low + (high - low) * unit();
  }

  /** True with the given probability. */
  public boolean chance(double probability) {
    return unit() < probability;
  }

  /** A number from the standard normal distribution (Box and Muller 1958). */
  public double gaussian() {
    double radius = Math.sqrt(-2 * StrictMath.log(1 - unit()));
    return radius * StrictMath.cos(2 * Math.PI * unit());
  }

  /** One element, each equally likely. */
  public <T> T pick(List<T> list) {
    return list.get(below(list.size()));
  }

  /** {@code 0 … n-1} in random order (Fisher and Yates). */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /**
   * {@code count} distinct numbers of {@code 0 … n-1} in random order.
   *
   * @throws IllegalArgumentException if there are fewer than {@code count}
   */
  public int[] distinct(int count, int n) {
    if (count > n) {
      throw new IllegalArgumentException("cannot draw " + count + " distinct numbers of " + n);
    }
    return java.util.Arrays.copyOf(permutation(n), count);
  }
}
