package dev.doppel.server.embed;

import dev.doppel.image.Preprocess;
import dev.doppel.model.Encoder;
import dev.doppel.server.error.Refusal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An encoder that embeds together what waits at the same time.
 *
 * <p>It has lanes, one for each batch that may run at once. Who comes while a lane is free takes it
 * and embeds on the spot, so a lone request waits for nothing and changes no thread. Others queue;
 * whoever ends a batch gives the lane to the first in the queue, which takes along what waits
 * behind it. The queue is bounded, and so is the wait: beyond either, a request is refused at once
 * instead of slowly.
 *
 * <p>Thread-safe. An image's embedding does not depend on its neighbours beyond rounding.
 */
public final class BatchingEncoder implements Encoder {

  /** Planes on their way. All but the arrays is guarded by the lock. */
  private static final class Job {
    private final float[] planes;
    private final float[] rows;
    private final int count;
    private final Condition turn;
    private int taken;
    private int done;
    private boolean leads;
    private @Nullable RuntimeException failure;

    Job(float[] planes, float[] rows, int count, Condition turn) {
      this.planes = planes;
      this.rows = rows;
      this.count = count;
      this.turn = turn;
    }

    boolean over() {
      return done == count || failure != null;
    }
  }

  /** A part of a job within a batch. */
  private record Share(Job job, int from, int count) {}

  private final Encoder encoder;
  private final EmbedLimits limits;
  private final EmbedWatch watch;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Job> queue = new ArrayDeque<>();
  private int freeLanes;
  private int waiting;

  /**
   * @param encoder allows as many calls at once as there are lanes
   * @param watch is told of each batch
   */
  public BatchingEncoder(Encoder encoder, EmbedLimits limits, EmbedWatch watch) {
    this.encoder = encoder;
    this.limits = limits;
    this.watch = watch;
    this.freeLanes = limits.lanes();
  }

  @Override
  public Preprocess preprocess() {
    return encoder.preprocess();
  }

  @Override
  public int dim() {
    return encoder.dim();
  }

  /** How many images wait for their batch. */
  public int waiting() {
    lock.lock();
    try {
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws Refusal if too much waits already, or it took too long
   */
  @Override
  public float[] embed(float[] planes, int count) {
    return embed(planes, count, Deadline.in(limits.patience()));
  }

  /**
   * Embeds planes, see {@link #embed(float[], int)}, unless it takes too long.
   *
   * @throws Refusal if too much waits already, or it took too long
   */
  public float[] embed(float[] planes, int count, Deadline deadline) {
    float[] rows = new float[Math.multiplyExact(count, dim())];
    if (count == 0) {
      return rows;
    }
    lock.lock();
    try {
      if (waiting > 0 && waiting + count > limits.queue()) {
        watch.refused();
        throw Refusal.overloaded(waiting + " images wait already");
      }
      Job job = new Job(planes, rows, count, lock.newCondition());
      queue.add(job);
      waiting += count;
      if (freeLanes > 0) {
        freeLanes--;
        job.leads = true;
      }
      await(job, deadline);
      if (job.failure != null) {
        throw job.failure;
      }
    } finally {
      lock.unlock();
    }
    return rows;
  }

  /** Waits for a job's end, and leads batches whenever it is the job's turn to. */
  private void await(Job job, Deadline deadline) {
    while (!job.over()) {
      if (job.leads) {
        lead(job);
        continue;
      }
      long left = deadline.left();
      boolean interrupted = false;
      try {
        if (left > 0) {
          job.turn.awaitNanos(left);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        interrupted = true;
      }
      if (!job.over() && !job.leads && (left <= 0 || interrupted)) {
        giveUp(job);
      }
    }
    if (job.leads) { // given a lane when it had failed or ended already
      job.leads = false;
      passLaneOn();
    }
  }

  private void giveUp(Job job) {
    if (queue.remove(job)) {
      waiting -= job.count - job.taken;
    }
    watch.refused();
    job.failure = Refusal.overloaded("An image that waited too long");
  }

  /** Runs one batch on the lane that the job was given, then passes the lane on. */
  private void lead(Job job) {
    List<Share> batch = take();
    job.leads = false;
    lock.unlock();
    RuntimeException failure = null;
    try {
      run(batch);
    } catch (RuntimeException e) {
      failure = e;
    } catch (Error e) { // out of memory, say: nobody may wait for ever, and the lane lives on
      failure = new IllegalStateException("embedding failed", e);
    } finally {
      lock.lock();
    }
    for (Share share : batch) {
      share.job.done += share.count;
      if (failure != null) {
        share.job.failure = failure;
      }
      if (share.job != job && share.job.over()) {
        share.job.turn.signal();
      }
    }
    passLaneOn();
  }

  private void passLaneOn() {
    for (Job next : queue) {
      if (!next.leads) {
        next.leads = true;
        next.turn.signal();
        return;
      }
    }
    freeLanes++;
  }

  private List<Share> take() {
    List<Share> batch = new ArrayList<>();
    int room = limits.batch();
    while (room > 0 && !queue.isEmpty()) {
      Job first = queue.element();
      if (first.failure != null) { // a part of it failed: leave out the rest
        waiting -= first.count - first.taken;
        queue.remove();
        continue;
      }
      int count = Math.min(room, first.count - first.taken);
      batch.add(new Share(first, first.taken, count));
      first.taken += count;
      room -= count;
      waiting -= count;
      if (first.taken == first.count) {
        queue.remove();
      }
    }
    return batch;
  }

  private void run(List<Share> batch) {
    int size = batch.stream().mapToInt(Share::count).sum();
    if (size == 0) {
      return;
    }
    watch.batch(size);
    int plane = preprocess().length();
    Share only = batch.get(0);
    float[] planes = only.job.planes;
    if (batch.size() > 1 || size != only.job.count) {
      planes = new float[size * plane];
      int at = 0;
      for (Share share : batch) {
        System.arraycopy(
            share.job.planes, share.from * plane, planes, at * plane, share.count * plane);
        at += share.count;
      }
    }
    float[] rows = encoder.embed(planes, size);
    int at = 0;
    for (Share share : batch) {
      System.arraycopy(rows, at * dim(), share.job.rows, share.from * dim(), share.count * dim());
      at += share.count;
    }
  }
}
