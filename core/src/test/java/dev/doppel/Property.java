package dev.doppel;

import dev.doppel.random.Seed;
import java.util.function.Consumer;

/**
 * A claim checked on many seeds; a failure names its seed. {@code -Ddoppel.seed=7} checks that one
 * alone.
 */
public final class Property {

  private Property() {}

  /** Checks the claim at seeds 0 … runs-1. */
  public static void holds(int runs, Consumer<Seed> claim) {
    Long only = Long.getLong("doppel.seed");
    long first = only == null ? 0 : only;
    long last = only == null ? runs - 1 : only;
    for (long seed = first; seed <= last; seed++) {
      try {
        claim.accept(Seed.of(seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("fails at -Ddoppel.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }
}
