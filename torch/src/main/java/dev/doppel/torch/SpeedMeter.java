package dev.doppel.torch;

import java.util.ArrayDeque;
import java.util.Deque;

/** Images a second over the last few seconds. */
final class SpeedMeter {

  private static final long WINDOW_NANOS = 5_000_000_000L;

  private record Mark(long nanos, long images) {}

  private final Deque<Mark> marks = new ArrayDeque<>();
  private long images;

  SpeedMeter() {
    marks.add(new Mark(System.nanoTime(), 0));
  }

  /** The speed after so many more images. */
  double after(int more) {
    images += more;
    long now = System.nanoTime();
    marks.add(new Mark(now, images));
    while (marks.size() > 2 && now - marks.getFirst().nanos() > WINDOW_NANOS) {
      marks.removeFirst();
    }
    Mark first = marks.getFirst();
    return (images - first.images()) / Math.max(1e-9, (now - first.nanos()) * 1e-9);
  }
}
