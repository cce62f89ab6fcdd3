package dev.doppel.server.embed;

import dev.doppel.image.Image;
import dev.doppel.image.Preprocess;
import dev.doppel.model.Encoder;
import dev.doppel.server.error.Refusal;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An encoder that embeds together what waits at the same time.
 *
 * <p>It has lanes, a thread each, which take from one queue: a lone request is taken at once and
 * waits for no others; when several have come, each lane that has nothing to do takes its share.
 * The network always runs on the same few threads, so that what it works on stays in their caches.
 * The queue is bounded, and so is the wait: beyond either, a request is refused at once instead of
 * slowly.
 *
 * <p>Thread-safe. An image's embedding does not depend on its neighbours beyond rounding.
 */
public final class BatchingEncoder implements Encoder, AutoCloseable {

  private static final Logger LOG = System.getLogger(BatchingEncoder.class.getName());

  /** Planes on their way. What is not final is guarded by the lock, but for the flag. */
  private static final class Job {
    private final float[] planes;
    private final float[] rows;
    private final int count;
    private final Deadline deadline;
    private final Consumer<Job> whenOver;
    private int taken;
    private int done;
    private @Nullable RuntimeException failure;
    private volatile boolean over;

    Job(float[] planes, float[] rows, int count, Deadline deadline, Consumer<Job> whenOver) {
      this.planes = planes;
      this.rows = rows;
      this.count = count;
      this.deadline = deadline;
      this.whenOver = whenOver;
    }
  }

  /** A part of a job within a batch. */
  private record Share(Job job, int from, int count) {}

  private final Encoder encoder;
  private final EmbedLimits limits;
  private final EmbedWatch watch;
  private final Executor telling;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Deque<Job> queue = new ArrayDeque<>();
  private int waiting;
  private int idle;
  private boolean closed;

  /**
   * Starts the lanes.
   *
   * @param encoder allows as many calls at once as there are lanes
   * @param watch is told of each batch
   * @param telling runs what tells of a batch's images, in the lane that calls it
   */
  public BatchingEncoder(Encoder encoder, EmbedLimits limits, EmbedWatch watch, Executor telling) {
    this.encoder = encoder;
    this.limits = limits;
    this.watch = watch;
    this.telling = telling;
    for (int i = 0; i < limits.lanes(); i++) {
      Thread lane = new Thread(this::lane, "doppel-lane-" + i);
      lane.setDaemon(true);
      lane.start();
    }
  }

  @Override
  public Preprocess preprocess() {
    return encoder.preprocess();
  }

  @Override
  public int inputLength() {
    return encoder.inputLength();
  }

  @Override
  public void prepare(Image image, float[] planes, int offset) {
    encoder.prepare(image, planes, offset);
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
    Thread owner = Thread.currentThread();
    Job job = new Job(planes, rows, count, deadline, over -> LockSupport.unpark(owner));
    submit(job);
    while (!job.over) {
      long left = deadline.left();
      if (left <= 0 || Thread.currentThread().isInterrupted()) {
        giveUp(job);
      } else {
        LockSupport.parkNanos(job, left);
      }
    }
    if (job.failure != null) {
      throw job.failure;
    }
    return rows;
  }

  /**
   * Embeds planes and tells of it when it is done, from a lane: what is told should not take long.
   *
   * @param planes {@code [count, channels, height, width]}
   * @param done gets {@code [count, dim]}
   * @param failed gets the reason instead
   * @throws Refusal if too much waits already
   */
  public void embed(
      float[] planes,
      int count,
      Deadline deadline,
      Consumer<float[]> done,
      Consumer<RuntimeException> failed) {
    float[] rows = new float[Math.multiplyExact(count, dim())];
    submit(
        new Job(
            planes,
            rows,
            count,
            deadline,
            job -> {
              if (job.failure == null) {
                done.accept(rows);
              } else {
                failed.accept(job.failure);
              }
            }));
  }

  private void submit(Job job) {
    lock.lock();
    try {
      if (closed) {
        throw Refusal.overloaded("The server is stopping");
      }
      if (waiting > 0 && waiting + job.count > limits.queue()) {
        watch.refused();
        throw Refusal.overloaded(waiting + " images wait already");
      }
      queue.add(job);
      waiting += job.count;
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  private void giveUp(Job job) {
    lock.lock();
    try {
      if (!job.over) {
        watch.refused();
        end(job, Refusal.overloaded("An image that waited too long"));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends a job, early if there is a failure: none of it stays in the queue. */
  private void end(Job job, @Nullable RuntimeException failure) {
    job.failure = failure;
    if (failure != null && queue.remove(job)) {
      waiting -= job.count - job.taken;
    }
    job.over = true;
  }

  private void lane() {
    List<Job> ended = new ArrayList<>();
    for (List<Share> batch = take(ended); batch != null; batch = take(ended)) {
      if (!batch.isEmpty()) {
        RuntimeException failure = null;
        try {
          run(batch);
        } catch (RuntimeException e) {
          failure = e;
        } catch (Error e) { // out of memory, say: nobody may wait for ever, and the lane lives on
          failure = new IllegalStateException("embedding failed", e);
        }
        done(batch, failure, ended);
      }
      tell(ended);
      ended.clear();
    }
  }

  private void tell(List<Job> jobs) {
    try {
      telling.execute(() -> jobs.forEach(BatchingEncoder::tell));
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "what follows an embedding failed", e); // the lane lives on
    }
  }

  private static void tell(Job job) {
    try {
      job.whenOver.accept(job);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "an embedding could not be told of", e);
    }
  }

  private void done(List<Share> batch, @Nullable RuntimeException failure, List<Job> ended) {
    lock.lock();
    try {
      for (Share share : batch) {
        share.job.done += share.count;
        if (!share.job.over && (failure != null || share.job.done == share.job.count)) {
          end(share.job, failure);
          ended.add(share.job);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for work.
   *
   * @param ended gets the jobs that nobody waits for any more
   * @return null if there will be none
   */
  private @Nullable List<Share> take(List<Job> ended) {
    List<Share> batch = new ArrayList<>();
    lock.lock();
    try {
      while (queue.isEmpty()) {
        if (closed) {
          return null;
        }
        idle++;
        work.awaitUninterruptibly();
        idle--;
      }
      int room = Math.min(limits.batch(), (waiting + idle) / (1 + idle)); // an even share
      while (room > 0 && !queue.isEmpty()) {
        Job first = queue.element();
        if (first.deadline.left() <= 0) {
          watch.refused();
          end(first, Refusal.overloaded("An image that waited too long"));
          ended.add(first);
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
      if (!queue.isEmpty()) {
        work.signal();
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void run(List<Share> batch) {
    int size = batch.stream().mapToInt(Share::count).sum();
    watch.batch(size);
    int plane = inputLength();
    Share first = batch.get(0);
    float[] planes = first.job.planes;
    if (batch.size() > 1 || size != first.job.count) {
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

  /** Lets the lanes finish what waits, then end; what comes from now on is refused. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
