package dev.doppel.random;

/**
 * An address in the tree of random streams: {@code Seed.of(run).at(epoch).at(item)}.
 *
 * <p>A stream depends on its address alone, so the numbers of an item are the same whatever the
 * thread, the order or the number of times they are asked for, and nothing has to be saved to
 * resume. Immutable and thread-safe.
 *
 * @param value the 64 mixed bits of the address
 */
public record Seed(long value) {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** The root of the tree of a run. */
  public static Seed of(long run) {
    return new Seed(mix(run + GOLDEN));
  }

  /** The address one level down, at {@code index}. */
  public Seed at(long index) {
    return new Seed(mix(value + GOLDEN * (2 * index + 1)));
  }

  /** The address one level down, for a purpose with a name ("pairs", "distortion"). */
  public Seed at(String purpose) {
    long hash = 0xCBF29CE484222325L; // FNV-1a
    for (int i = 0; i < purpose.length(); i++) {
      hash = (hash ^ purpose.charAt(i)) * 0x100000001B3L;
    }
    return at(hash);
  }

  /** A fresh stream that starts at this address. */
  public Draws draws() {
    return new Draws(value);
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
  static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
