package dev.doppel.server.embed;

import java.time.Duration;

/**
 * A moment after which nobody waits for the answer any more.
 *
 * @param at as {@link System#nanoTime} counts
 */
public record Deadline(long at) {

  /** So much from now on. */
  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** How many nanoseconds are left; none or fewer when it is over. */
  public long left() {
    return at - System.nanoTime();
  }
}
