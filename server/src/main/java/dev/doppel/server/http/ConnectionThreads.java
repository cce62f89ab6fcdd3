package dev.doppel.server.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * The threads that serve connections, and what a thread that answers several requests does itself.
 *
 * <p>To wake another thread costs as much as reading a small request. So one that has a batch of
 * answers finds them all, then sends them all, and then goes on with the connections they left by,
 * where the next requests have often come by then. None of the three waits for anything.
 * Thread-safe.
 */
public final class ConnectionThreads extends QueuedThreadPool {

  private static final ThreadLocal<@Nullable Deque<Runnable>> AFTERWARDS = new ThreadLocal<>();

  /** Starts none yet. */
  public ConnectionThreads(int most, int least) {
    super(most, least);
    setName("doppel");
    setDaemon(true);
  }

  /** Lets the calling thread answer several requests, and then finish what that leads to. */
  public void answer(Runnable answers) {
    Deque<Runnable> next = new ArrayDeque<>();
    AFTERWARDS.set(next);
    try {
      for (Runnable now = answers; now != null; now = next.poll()) {
        now.run();
      }
    } finally {
      AFTERWARDS.remove();
      next.forEach(super::execute); // there are some only if one of them failed
    }
  }

  /** Sends something once all answers are found, or at once if no others are looked for. */
  void send(Runnable sending) {
    Deque<Runnable> next = AFTERWARDS.get();
    if (next == null) {
      sending.run();
    } else {
      next.add(sending);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws RejectedExecutionException if there is no room for it
   */
  @Override
  public void execute(Runnable job) {
    Deque<Runnable> next = AFTERWARDS.get();
    if (next != null && job instanceof Connection) {
      next.add(job);
    } else {
      super.execute(job);
    }
  }
}
