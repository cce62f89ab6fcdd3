package dev.doppel.augment;

import dev.doppel.random.Draws;

/**
 * How two characters stand in one new sign: side by side, one over the other, the second as a small
 * mark beside the first, as vowels are in many scripts, or half of the one against half of the
 * other.
 *
 * <p>Joining characters multiplies the classes that there are to learn from, and signs that share a
 * part are hard to tell apart. The centre of all ink stays near the middle, if both have ink in
 * proportion to their size. Immutable and thread-safe.
 *
 * @param first where the first character goes; its ink's centre is taken to lie in the middle
 * @param second where the second goes; shifts of both are pixels of a 105×105 sheet
 * @param seam where the one ends and the other begins
 */
public record Ligature(Affine first, Affine second, Seam seam) {

  /** Where of two characters the one ends and the other begins. */
  public enum Seam {
    /** Nowhere: all of both is seen. */
    NONE,
    /** The first's left half and the second's right half. */
    UPRIGHT,
    /** The first's upper half and the second's lower half. */
    LEVEL;

    private boolean isBehind(int x, int y, int side) {
      return 2 * (this == UPRIGHT ? x : y) < side;
    }
  }

  private static final int WAYS = 5;

  /** A way to stand, each of the five as often. */
  public static Ligature draw(Draws draws) {
    int way = draws.below(WAYS);
    if (way >= 3) {
      return new Ligature(Affine.IDENTITY, Affine.IDENTITY, way == 3 ? Seam.UPRIGHT : Seam.LEVEL);
    }
    boolean mark = way == 2;
    double large = mark ? draws.between(0.7, 0.9) : draws.between(0.5, 0.7);
    double small = mark ? draws.between(0.25, 0.45) : draws.between(0.5, 0.7);
    double away = (mark ? draws.between(26, 36) : draws.between(22, 32)) * sign(draws);
    double aside = mark ? draws.between(-36, 36) : draws.between(-5, 5);
    boolean across = mark ? draws.chance(0.5) : way == 0;
    return of(large, small, across ? away : aside, across ? aside : away);
  }

  private static int sign(Draws draws) {
    return draws.chance(0.5) ? 1 : -1;
  }

  /** Both about the common centre, their ink being as their areas. */
  private static Ligature of(double first, double second, double dx, double dy) {
    double share = first * first / (first * first + second * second);
    return new Ligature(
        placed(first, -dx * (1 - share), -dy * (1 - share)),
        placed(second, dx * share, dy * share),
        Seam.NONE);
  }

  private static Affine placed(double scale, double dx, double dy) {
    return new Affine(0, 0, 0, scale, scale, dx, dy);
  }

  /**
   * Joins planes of the two characters, each where it goes.
   *
   * @param first the first's plane of {@code side · side} numbers from {@code offset} on; becomes
   *     the sign's
   * @param second the second's plane
   */
  public void join(float[] first, int offset, float[] second, int side) {
    for (int i = 0; i < side * side; i++) {
      int at = offset + i;
      if (seam == Seam.NONE) {
        first[at] = Math.max(first[at], second[i]);
      } else if (!seam.isBehind(i % side, i / side, side)) {
        first[at] = second[i];
      }
    }
  }
}
