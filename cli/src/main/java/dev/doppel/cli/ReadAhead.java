package dev.doppel.cli;

import dev.doppel.error.DataException;
import dev.doppel.image.ImageFile;
import dev.doppel.image.Preprocess;
import dev.doppel.model.Embeddings;
import dev.doppel.model.Encoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Picture files as batches of planes. While one batch is worked on the next is read and
 * preprocessed; never more than two are in memory. Used by one thread alone.
 */
final class ReadAhead implements Iterator<ReadAhead.Batch>, AutoCloseable {

  /** Enough to keep the encoder busy. */
  static final int BATCH = 64;

  /** Bounds the files' bytes that are held in memory. */
  private static final long BATCH_BYTES = 32L << 20;

  /**
   * A picture that was read.
   *
   * @param index its file's place in the list
   * @param content the file's bytes, if they are wanted
   */
  record Read(int index, float[] plane, byte @Nullable [] content) {}

  /**
   * Files that were read together.
   *
   * @param files how many, readable or not
   */
  record Batch(int files, List<Read> read, List<Unreadable> unreadable) {

    /** A row for each picture that was read. */
    Embeddings embedded(Encoder encoder) {
      int length = encoder.preprocess().length();
      float[] planes = new float[read.size() * length];
      for (int i = 0; i < read.size(); i++) {
        System.arraycopy(read.get(i).plane(), 0, planes, i * length, length);
      }
      return new Embeddings(encoder.dim(), encoder.embed(planes, read.size()));
    }
  }

  private final List<Path> files;
  private final Preprocess preprocess;
  private final boolean contents;
  private final ExecutorService reader = Background.pool("reader", 1);
  private int begun;
  private @Nullable CompletableFuture<Batch> next;

  /**
   * @param contents whether the files' bytes are wanted too
   */
  ReadAhead(List<Path> files, Preprocess preprocess, boolean contents) {
    this.files = files;
    this.preprocess = preprocess;
    this.contents = contents;
    this.next = begin();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Batch next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    Batch batch = Background.join(next);
    next = begin();
    return batch;
  }

  private @Nullable CompletableFuture<Batch> begin() {
    if (begun == files.size()) {
      return null;
    }
    int from = begun;
    long bytes = 0;
    do {
      bytes += size(files.get(begun++));
    } while (begun < files.size() && begun - from < BATCH && bytes < BATCH_BYTES);
    int to = begun;
    return CompletableFuture.supplyAsync(() -> read(from, to), reader);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException unreadable) {
      return 0; // who reads it will say so
    }
  }

  private Batch read(int from, int to) {
    List<Read> read = new ArrayList<>();
    List<Unreadable> unreadable = new ArrayList<>();
    for (int i = from; i < to; i++) {
      Path file = files.get(i);
      try {
        byte[] content = ImageFile.content(file);
        float[] plane = new float[preprocess.length()];
        preprocess.into(ImageFile.decode(file.toString(), content), plane, 0);
        read.add(new Read(i, plane, contents ? content : null));
      } catch (DataException failure) {
        unreadable.add(new Unreadable(file, failure));
      }
    }
    return new Batch(to - from, read, unreadable);
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
