package dev.doppel.cli;

import dev.doppel.cli.LabelledFiles.LabelledFile;
import dev.doppel.error.DataException;
import dev.doppel.gallery.Enrolment;
import dev.doppel.gallery.Gallery;
import dev.doppel.image.ImageFile;
import dev.doppel.model.ImageEmbedder;
import dev.doppel.model.Twin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Embeds and enrols picture files. Each batch is one transaction: once it is acknowledged it stays,
 * whatever happens later.
 */
final class Enrolling {

  /** Pictures in a transaction: few enough for a person who stops the run to lose little. */
  private static final int BATCH = 64;

  /** Bounds the originals that wait for their transaction. */
  private static final long BATCH_BYTES = 32L << 20;

  private final Console console;
  private final Twin twin;
  private final boolean originals;
  private final boolean skipUnreadable;
  private final BooleanSupplier stop;
  private final List<Long> ids = new ArrayList<>();
  private final List<Unreadable> skipped = new ArrayList<>();
  private int done;

  /**
   * @param originals whether the gallery keeps the picture files too
   * @param skipUnreadable whether to go on without pictures that cannot be read
   * @param stop whether to stop before the next batch
   */
  Enrolling(
      Console console, Twin twin, boolean originals, boolean skipUnreadable, BooleanSupplier stop) {
    this.console = console;
    this.twin = twin;
    this.originals = originals;
    this.skipUnreadable = skipUnreadable;
    this.stop = stop;
  }

  /** The ids of what was enrolled, in order. */
  List<Long> ids() {
    return ids;
  }

  /** What was passed over because it cannot be read. */
  List<Unreadable> skipped() {
    return skipped;
  }

  /** How many of the files, from the first on, are behind us: enrolled or skipped. */
  int done() {
    return done;
  }

  /**
   * Enrols files until all are, or it is to stop.
   *
   * @param gallery opens the gallery, once there is something to enrol
   * @throws DataException if a picture cannot be read and none is to be skipped; then nothing was
   *     enrolled, unless it became unreadable only now
   */
  void run(List<LabelledFile> files, Supplier<Gallery> gallery) {
    List<Path> paths = files.stream().map(LabelledFile::file).toList();
    if (files.size() > BATCH && !skipUnreadable) {
      check(paths);
    }
    try (Progress progress = Progress.patient(console, "enrolling")) {
      Intake intake = new Intake(files, gallery, progress);
      new ImageEmbedder(twin.encoder()).embed(paths, intake);
      intake.end();
    } catch (Stopped asked) {
      // What is done is done, and said.
    }
  }

  /** Ends the embedding before its end. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped() {
      super("stopped", null, false, false);
    }
  }

  /** Takes what was embedded, in the order of the files, and enrols it batch by batch. */
  private final class Intake implements ImageEmbedder.Receiver {

    private final List<LabelledFile> files;
    private final Supplier<Gallery> gallery;
    private final Progress progress;
    private final List<Enrolment> batch = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();
    private long bytes;
    private int seen;

    Intake(List<LabelledFile> files, Supplier<Gallery> gallery, Progress progress) {
      this.files = files;
      this.gallery = gallery;
      this.progress = progress;
    }

    @Override
    public void embedded(Path file, byte[] content, float[] row) {
      LabelledFile from = files.get(seen++);
      batch.add(
          originals
              ? new Enrolment(from.label(), row, from.metadata(), content)
              : Enrolment.of(from.label(), row, from.metadata()));
      bytes += originals ? content.length : 0;
      if (batch.size() == BATCH || bytes >= BATCH_BYTES) {
        commit();
      }
    }

    @Override
    public void refused(Path file, DataException why) {
      seen++;
      unreadable.add(new Unreadable(file, why));
      if (!skipUnreadable && !ids.isEmpty()) {
        throw failure(unreadable, ids.size()); // it could be read a moment ago
      }
    }

    /** Enrols the last batch; until then, of so few files as one, a refusal costs all. */
    void end() {
      commit();
    }

    private void commit() {
      if (!unreadable.isEmpty() && !skipUnreadable) {
        throw failure(unreadable, ids.size());
      }
      if (!batch.isEmpty()) {
        ids.addAll(gallery.get().enrol(batch));
        batch.clear();
        bytes = 0;
      }
      skipped.addAll(unreadable);
      unreadable.clear();
      done = seen;
      progress.count(done, files.size(), "pictures");
      if (stop.getAsBoolean()) {
        throw new Stopped();
      }
    }
  }

  /** Looks at all files before the first is enrolled. */
  private void check(List<Path> files) {
    ExecutorService pool = Background.pool("checker", Runtime.getRuntime().availableProcessors());
    try (Progress progress = Progress.patient(console, "checking")) {
      List<CompletableFuture<List<Unreadable>>> looks =
          files.stream()
              .map(each -> CompletableFuture.supplyAsync(() -> look(each), pool))
              .toList();
      List<Unreadable> unreadable = new ArrayList<>();
      for (int i = 0; i < looks.size() && !stop.getAsBoolean(); i++) {
        unreadable.addAll(Background.join(looks.get(i)));
        progress.count(i + 1, files.size(), "pictures checked");
      }
      if (!unreadable.isEmpty()) {
        throw failure(unreadable, 0);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static List<Unreadable> look(Path file) {
    try {
      ImageFile.read(file);
      return List.of();
    } catch (DataException failure) {
      return List.of(new Unreadable(file, failure));
    }
  }

  private static DataException failure(List<Unreadable> unreadable, int enrolled) {
    if (unreadable.size() == 1 && enrolled == 0) {
      return unreadable.get(0).failure();
    }
    return new DataException(
        "%,d pictures cannot be read:\n%s\n"
            .formatted(unreadable.size(), String.join("\n", Unreadable.lines(unreadable))),
        enrolled == 0
            ? "Nothing was enrolled: all must be readable"
            : "%,d were enrolled before and stay".formatted(enrolled),
        "Remove or mend them, or go on without them with --skip-unreadable");
  }
}
