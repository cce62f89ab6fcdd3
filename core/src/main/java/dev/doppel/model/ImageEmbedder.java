package dev.doppel.model;

import dev.doppel.error.DataException;
import dev.doppel.error.OptionException;
import dev.doppel.image.ImageFile;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * From many picture files to their embeddings, as fast as the network goes.
 *
 * <p>Files are taken in batches by a few lanes. A lane reads, decodes and preprocesses a batch and
 * runs the network on it, all on its own thread; while one lane decodes, the others keep the
 * network busy, and none ever waits for another. Give it an encoder that uses one thread a call
 * ({@code ModelFile.open(file, 1)}): lanes that each compute alone are faster than lanes that share
 * every layer.
 *
 * <p>Results come in the order of the files. At most a few batches a lane are in memory, however
 * many files there are. Thread-safe if the encoder is.
 */
public final class ImageEmbedder {

  /** Large enough for the encoder's best speed, small enough for its layers to stay in cache. */
  private static final int BATCH = 8;

  /** Batches of a lane that are under way or wait to be told of. */
  private static final int AHEAD = 4;

  /** What is told of each file, in order, on the thread that called. */
  public interface Receiver {

    /**
     * A file was embedded.
     *
     * @param content the file's bytes
     * @param row {@code [dim]}
     */
    void embedded(Path file, byte[] content, float[] row);

    /** A file could not be read as a picture; ends everything unless this says otherwise. */
    default void refused(Path file, DataException why) {
      throw why;
    }
  }

  private final Encoder encoder;
  private final int lanes;

  /** As many lanes as there are processors. */
  public ImageEmbedder(Encoder encoder) {
    this(encoder, Runtime.getRuntime().availableProcessors());
  }

  /**
   * @param encoder one that uses one thread a call
   * @param lanes batches worked on at once, at least 1
   */
  public ImageEmbedder(Encoder encoder, int lanes) {
    OptionException.require(lanes >= 1, "lanes", lanes, "at least 1");
    this.encoder = encoder;
    this.lanes = lanes;
  }

  /**
   * Embeds files, a row each.
   *
   * @throws DataException if one of them is no picture
   */
  public Embeddings embed(List<Path> files) {
    float[] values = new float[Math.multiplyExact(files.size(), encoder.dim())];
    int[] count = {0};
    embed(
        files,
        (file, content, row) ->
            System.arraycopy(row, 0, values, count[0]++ * encoder.dim(), row.length));
    return new Embeddings(encoder.dim(), values);
  }

  /**
   * Embeds files and tells of each; what the receiver throws ends it.
   *
   * @throws DataException if one of them is no picture and the receiver does not take it
   */
  public void embed(List<Path> files, Receiver receiver) {
    int batch = Math.max(1, Math.min(BATCH, (files.size() + lanes - 1) / lanes));
    ExecutorService threads =
        Executors.newFixedThreadPool(
            lanes,
            task -> {
              Thread thread = new Thread(task, "doppel-embedding");
              thread.setDaemon(true);
              return thread;
            });
    try {
      ArrayDeque<Future<List<Embedded>>> underWay = new ArrayDeque<>();
      for (int from = 0; from < files.size(); from += batch) {
        List<Path> some = List.copyOf(files.subList(from, Math.min(from + batch, files.size())));
        if (underWay.size() == AHEAD * lanes) {
          tell(underWay.remove(), receiver);
        }
        underWay.add(threads.submit(() -> batch(some)));
      }
      while (!underWay.isEmpty()) {
        tell(underWay.remove(), receiver);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** What became of a file: a row, or why there is none. */
  private sealed interface Embedded {

    record Row(Path file, byte[] content, float[] row) implements Embedded {}

    record Refused(Path file, DataException why) implements Embedded {}
  }

  private List<Embedded> batch(List<Path> files) {
    int plane = encoder.inputLength();
    float[] planes = new float[Math.multiplyExact(files.size(), plane)];
    int count = 0;
    List<Embedded> results = new ArrayList<>(files.size());
    for (Path file : files) {
      try {
        byte[] content = ImageFile.content(file);
        encoder.prepare(
            ImageFile.decode(file.toString(), content), planes, Math.multiplyExact(count, plane));
        results.add(new Embedded.Row(file, content, new float[encoder.dim()]));
        count++;
      } catch (DataException why) {
        results.add(new Embedded.Refused(file, why));
      }
    }
    float[] rows =
        encoder.embed(count == files.size() ? planes : Arrays.copyOf(planes, count * plane), count);
    int next = 0;
    for (Embedded each : results) {
      if (each instanceof Embedded.Row row) {
        System.arraycopy(rows, next++ * encoder.dim(), row.row(), 0, encoder.dim());
      }
    }
    return results;
  }

  private static void tell(Future<List<Embedded>> batch, Receiver receiver) {
    for (Embedded each : outcome(batch)) {
      if (each instanceof Embedded.Row row) {
        receiver.embedded(row.file(), row.content(), row.row());
      } else if (each instanceof Embedded.Refused refused) {
        receiver.refused(refused.file(), refused.why());
      }
    }
  }

  private static List<Embedded> outcome(Future<List<Embedded>> batch) {
    try {
      return batch.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      if (e.getCause() instanceof Error thrown) {
        throw thrown;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while embedding", e);
    }
  }
}
