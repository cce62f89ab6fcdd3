package dev.doppel.server.guard;

import dev.doppel.server.error.Refusal;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * So many requests a second for each who asks, with a bucket of tokens to spare for bursts.
 *
 * <p>Remembers the latest few thousand askers only; a forgotten one begins with a full bucket.
 * Thread-safe.
 */
public final class RateLimit {

  private static final int REMEMBERED = 4096;
  private static final double SECOND = 1e9;

  private static final class Bucket {
    private double tokens;
    private long at;
  }

  private final double perSecond;
  private final double burst;
  private final LongSupplier clock;

  /** The one that asked longest ago comes first. */
  private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param perSecond tokens that come in a second; 0 for no limit
   * @param burst tokens that a bucket holds
   * @param clock nanoseconds, as {@link System#nanoTime}
   */
  public RateLimit(double perSecond, double burst, LongSupplier clock) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.clock = clock;
  }

  /**
   * Takes a token of an asker.
   *
   * @throws Refusal if there is none
   */
  public void take(String asker) {
    if (perSecond <= 0) {
      return;
    }
    synchronized (buckets) {
      Bucket bucket = refilled(asker);
      if (bucket.tokens < 1) {
        int wait = (int) Math.ceil((1 - bucket.tokens) / perSecond);
        throw Refusal.tooOften("%.4g a second are allowed".formatted(perSecond), wait);
      }
      bucket.tokens--;
    }
  }

  private Bucket refilled(String asker) {
    long now = clock.getAsLong();
    Bucket bucket = buckets.get(asker);
    if (bucket == null) {
      bucket = new Bucket();
      bucket.tokens = burst;
      buckets.put(asker, bucket);
      if (buckets.size() > REMEMBERED) {
        Iterator<Bucket> eldest = buckets.values().iterator();
        eldest.next();
        eldest.remove();
      }
    } else {
      double come = (now - bucket.at) / SECOND * perSecond;
      bucket.tokens = Math.min(burst, bucket.tokens + come);
    }
    bucket.at = now;
    return bucket;
  }
}
