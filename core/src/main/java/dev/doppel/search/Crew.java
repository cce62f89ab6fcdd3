package dev.doppel.search;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Threads that help whoever searches. All indexes share them, as many as there are processors; they
 * end when there is nothing to do, and never keep a JVM alive.
 */
final class Crew {

  private static final ThreadPoolExecutor HELPERS = helpers();

  private Crew() {}

  private static ThreadPoolExecutor helpers() {
    int most = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            most,
            most,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread made = new Thread(task, "doppel-search");
              made.setDaemon(true);
              return made;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Does one task of many. */
  @FunctionalInterface
  interface Worker {

    /** Does the task of a number. */
    void work(int task);
  }

  /**
   * Does tasks {@code [0, tasks)} on the calling thread and at most {@code threads - 1} others, and
   * returns when all are done.
   *
   * @param worker makes what one thread does its tasks with
   */
  static void run(int threads, int tasks, Supplier<Worker> worker) {
    AtomicInteger next = new AtomicInteger();
    Runnable share =
        () -> {
          Worker own = null;
          for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
            own = own == null ? worker.get() : own;
            own.work(task);
          }
        };
    List<FutureTask<Void>> others = new ArrayList<>();
    for (int i = 1; i < Math.min(threads, tasks); i++) {
      FutureTask<Void> other = new FutureTask<>(share, null);
      others.add(other);
      HELPERS.execute(other);
    }
    try {
      share.run();
    } finally {
      finish(others);
    }
  }

  /** A share that no thread has begun by now has nothing left to do: it is taken back. */
  private static void finish(List<FutureTask<Void>> others) {
    for (FutureTask<Void> other : others) {
      if (!HELPERS.remove(other)) {
        await(other);
      }
    }
  }

  private static void await(Future<Void> share) {
    boolean interrupted = false;
    while (true) {
      try {
        share.get();
        break;
      } catch (InterruptedException again) {
        interrupted = true; // what the share writes to is in use until it ends
      } catch (ExecutionException failed) {
        if (failed.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        if (failed.getCause() instanceof Error cause) {
          throw cause;
        }
        throw new IllegalStateException(failed.getCause());
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
