package dev.doppel.server.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.image.Preprocess;
import dev.doppel.model.Encoder;
import dev.doppel.server.error.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchingEncoderTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private @Nullable BatchingEncoder encoder;
  private final ConcurrentLinkedQueue<Integer> batches = new ConcurrentLinkedQueue<>();

  /** What it embeds is twice the plane; it may be held up, and fails on a negative number. */
  private final class Doubling implements Encoder {
    private final Semaphore permits;

    Doubling(Semaphore permits) {
      this.permits = permits;
    }

    @Override
    public Preprocess preprocess() {
      return Preprocess.ink(1);
    }

    @Override
    public int dim() {
      return 1;
    }

    @Override
    public float[] embed(float[] planes, int count) {
      batches.add(count);
      permits.acquireUninterruptibly();
      float[] rows = new float[count];
      for (int i = 0; i < count; i++) {
        if (planes[i] < 0) {
          throw new IllegalArgumentException("negative");
        }
        rows[i] = 2 * planes[i];
      }
      return rows;
    }
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    if (encoder != null) {
      encoder.close();
    }
  }

  private BatchingEncoder encoder(
      Semaphore permits, int lanes, int batch, int queue, Duration wait) {
    encoder =
        new BatchingEncoder(
            new Doubling(permits),
            new EmbedLimits(lanes, batch, queue, wait),
            EmbedWatch.none(),
            Runnable::run);
    return encoder;
  }

  private Future<float[]> submit(BatchingEncoder encoder, float... planes) {
    return threads.submit(() -> encoder.embed(planes, planes.length));
  }

  private static void await(java.util.function.BooleanSupplier state) throws InterruptedException {
    while (!state.getAsBoolean()) {
      Thread.sleep(1);
    }
  }

  @Test
  void aLoneRequestWaitsForNoOthers() {
    BatchingEncoder encoder = encoder(new Semaphore(9), 2, 4, 4, LONG);
    assertThat(encoder.embed(new float[] {1}, 1)).containsExactly(2);
    assertThat(encoder.embed(new float[0], 0)).isEmpty();
    assertThat(batches).containsExactly(1);
  }

  @Test
  void whoLeavesWordIsToldOnceItIsDone() throws Exception {
    Semaphore permits = new Semaphore(0);
    BatchingEncoder encoder = encoder(permits, 1, 4, 100, LONG);
    CompletableFuture<float[]> first = new CompletableFuture<>();
    CompletableFuture<float[]> late = new CompletableFuture<>();
    CompletableFuture<float[]> bad = new CompletableFuture<>();
    later(encoder, 1, Deadline.in(LONG), first);
    await(() -> batches.size() == 1);
    later(encoder, 2, new Deadline(System.nanoTime() - 1), late);
    later(encoder, -1, Deadline.in(LONG), bad);
    permits.release(9);
    assertThat(first.get()).containsExactly(2);
    assertThat(late).failsWithin(LONG).withThrowableThat().withCauseInstanceOf(Refusal.class);
    assertThat(bad)
        .failsWithin(LONG)
        .withThrowableThat()
        .withCauseInstanceOf(IllegalArgumentException.class);
    encoder.embed(
        new float[] {1},
        1,
        Deadline.in(LONG),
        rows -> {
          throw new IllegalStateException("who is told fails");
        },
        failure -> {});
    assertThat(encoder.embed(new float[] {3}, 1)).containsExactly(6); // the lane lives on
    assertThat(batches.stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(4); // and what came too late was not embedded
  }

  private static void later(
      BatchingEncoder encoder, float plane, Deadline deadline, CompletableFuture<float[]> told) {
    encoder.embed(new float[] {plane}, 1, deadline, told::complete, told::completeExceptionally);
  }

  @Test
  void onceClosedItRefuses() {
    BatchingEncoder encoder = encoder(new Semaphore(9), 2, 4, 4, LONG);
    encoder.close();
    assertThatThrownBy(() -> encoder.embed(new float[] {1}, 1)).isInstanceOf(Refusal.class);
  }

  @Test
  void whatWaitsIsEmbeddedTogether() throws Exception {
    Semaphore permits = new Semaphore(0);
    BatchingEncoder encoder = encoder(permits, 1, 4, 100, LONG);
    List<Future<float[]>> all = new ArrayList<>();
    all.add(submit(encoder, 0));
    await(() -> batches.size() == 1);
    for (int i = 1; i <= 6; i++) {
      all.add(submit(encoder, i));
      int waiting = i;
      await(() -> encoder.waiting() == waiting);
    }
    permits.release(100);
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).get()).containsExactly(2 * i);
    }
    assertThat(batches).containsExactly(1, 4, 2);
  }

  @Test
  void aLargeRequestIsEmbeddedInParts() throws Exception {
    BatchingEncoder encoder = encoder(new Semaphore(99), 1, 4, 100, LONG);
    float[] planes = new float[11];
    float[] doubled = new float[11];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = i;
      doubled[i] = 2 * i;
    }
    assertThat(encoder.embed(planes, 11)).containsExactly(doubled);
    assertThat(batches).containsExactly(4, 4, 3);
  }

  @Test
  void whatIsMoreThanTheQueueHoldsIsRefusedAtOnce() throws Exception {
    Semaphore permits = new Semaphore(0);
    BatchingEncoder encoder = encoder(permits, 1, 4, 2, LONG);
    Future<float[]> first = submit(encoder, 1);
    await(() -> batches.size() == 1);
    Future<float[]> second = submit(encoder, 2, 3);
    await(() -> encoder.waiting() == 2);

    assertThatThrownBy(() -> encoder.embed(new float[] {4}, 1))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(503);
              assertThat(refusal.retryAfter()).isPositive();
            });
    permits.release(9);
    assertThat(first.get()).containsExactly(2);
    assertThat(second.get()).containsExactly(4, 6);
    assertThat(encoder.embed(new float[] {4}, 1)).containsExactly(8);
  }

  @Test
  void whatWaitsTooLongIsRefusedAndTheRestGoesOn() throws Exception {
    Semaphore permits = new Semaphore(0);
    BatchingEncoder encoder = encoder(permits, 1, 4, 100, LONG);
    Future<float[]> first = submit(encoder, 1);
    await(() -> batches.size() == 1);

    assertThatThrownBy(() -> encoder.embed(new float[] {2}, 1, Deadline.in(Duration.ofMillis(5))))
        .isInstanceOf(Refusal.class);
    assertThat(encoder.waiting()).isZero();
    permits.release(9);
    assertThat(first.get()).containsExactly(2);
    assertThat(encoder.embed(new float[] {3}, 1)).containsExactly(6);
  }

  @Test
  void aBatchThatFailsFailsItsOwnRequestsOnly() throws Exception {
    BatchingEncoder encoder = encoder(new Semaphore(99), 1, 4, 100, LONG);
    assertThatThrownBy(() -> encoder.embed(new float[] {1, 2, 3, 4, -1, 5, 6, 7, 8, 9}, 10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(encoder.waiting()).isZero();
    assertThat(encoder.embed(new float[] {3}, 1)).containsExactly(6);
  }

  @Test
  void manyThreadsGetTheirOwnRowsAndNoLaneIsLost() throws Exception {
    BatchingEncoder encoder = encoder(new Semaphore(1_000_000), 2, 5, 1000, LONG);
    CountDownLatch go = new CountDownLatch(1);
    List<Future<Integer>> all = new ArrayList<>();
    for (int t = 0; t < 12; t++) {
      int base = 1000 * t;
      all.add(
          threads.submit(
              () -> {
                go.await();
                int wrong = 0;
                for (int i = 0; i < 400; i++) {
                  float[] planes = new float[1 + i % 7];
                  for (int j = 0; j < planes.length; j++) {
                    planes[j] = i % 50 == 49 && j == 3 ? -1 : base + i + j;
                  }
                  try {
                    float[] rows = encoder.embed(planes, planes.length);
                    for (int j = 0; j < planes.length; j++) {
                      wrong += rows[j] == 2 * planes[j] ? 0 : 1;
                    }
                  } catch (IllegalArgumentException neighbourOrSelf) {
                    // A batch with a negative number fails as a whole.
                  }
                }
                return wrong;
              }));
    }
    go.countDown();
    for (Future<Integer> each : all) {
      assertThat(each.get()).isZero();
    }
    assertThat(encoder.waiting()).isZero();
    assertThat(encoder.embed(new float[] {3}, 1)).containsExactly(6);
  }
}
