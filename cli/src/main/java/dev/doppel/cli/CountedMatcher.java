package dev.doppel.cli;

import dev.doppel.eval.Matcher;
import dev.doppel.image.Image;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A matcher that compares two images at a time, and says how many it has compared: some take
 * minutes over it. Thread-safe.
 *
 * @param matcher one whose answers are those about pairs
 * @param progress shows the count; used by one thread at a time
 * @param lock held while it is used
 */
record CountedMatcher(Matcher matcher, Progress progress, ReentrantLock lock) implements Matcher {

  CountedMatcher(Matcher matcher, Progress progress) {
    this(matcher, progress, new ReentrantLock());
  }

  @Override
  public String name() {
    return matcher.name();
  }

  @Override
  public Comparison over(List<Image> images) {
    Comparison comparison = matcher.over(images);
    AtomicLong count = new AtomicLong();
    return (first, second) -> {
      double score = comparison.score(first, second);
      show(count.incrementAndGet());
      return score;
    };
  }

  /** Leaves it to the thread that is showing already, if there is one. */
  private void show(long count) {
    if (lock.tryLock()) {
      try {
        if (progress.isDue()) {
          progress.show(Counted.of(count, "pair"));
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
