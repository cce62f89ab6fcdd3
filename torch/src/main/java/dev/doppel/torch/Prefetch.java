package dev.doppel.torch;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Makes the next batch while the network learns from this one. */
final class Prefetch implements AutoCloseable {

  private final BatchSource source;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread made = new Thread(task, "doppel-batches");
            made.setDaemon(true);
            return made;
          });
  private @Nullable Future<Batch> next;
  private int nextEpoch = -1;
  private int nextIndex = -1;

  Prefetch(BatchSource source) {
    this.source = source;
  }

  /** The batch at an address; the one after it in the epoch is begun at once. */
  Batch take(int epoch, int index) {
    Future<Batch> wanted = next;
    if (wanted == null || epoch != nextEpoch || index != nextIndex) {
      wanted = thread.submit(() -> source.batch(epoch, index));
    }
    boolean last = index + 1 == source.batchesPerEpoch();
    int followingEpoch = last ? epoch + 1 : epoch;
    int followingIndex = last ? 0 : index + 1;
    nextEpoch = followingEpoch;
    nextIndex = followingIndex;
    next = thread.submit(() -> source.batch(followingEpoch, followingIndex));
    try {
      return wanted.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a batch", interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(failed.getCause());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
