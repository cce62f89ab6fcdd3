package dev.doppel.cli;

import dev.doppel.cli.LabelledFiles.LabelledFile;
import dev.doppel.cli.ReadAhead.Batch;
import dev.doppel.cli.ReadAhead.Read;
import dev.doppel.error.DataException;
import dev.doppel.gallery.Enrolment;
import dev.doppel.gallery.Gallery;
import dev.doppel.image.ImageFile;
import dev.doppel.model.Embeddings;
import dev.doppel.model.Encoder;
import dev.doppel.model.Twin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads, embeds and enrols picture files. Each batch is one transaction: once it is acknowledged it
 * stays, whatever happens later. The next batch is read while one is embedded.
 */
final class Enrolling {

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
    if (files.size() > ReadAhead.BATCH && !skipUnreadable) {
      check(paths);
    }
    Encoder encoder = twin.encoder();
    try (ReadAhead batches = new ReadAhead(paths, encoder.preprocess(), originals);
        Progress progress = Progress.patient(console, "enrolling")) {
      while (batches.hasNext() && !stop.getAsBoolean()) {
        Batch batch = batches.next();
        if (!batch.unreadable().isEmpty() && !skipUnreadable) {
          throw failure(batch.unreadable(), ids.size());
        }
        if (!batch.read().isEmpty()) {
          ids.addAll(gallery.get().enrol(enrolments(files, batch)));
        }
        skipped.addAll(batch.unreadable());
        done += batch.files();
        progress.count(done, files.size(), "pictures");
      }
    }
  }

  private List<Enrolment> enrolments(List<LabelledFile> files, Batch batch) {
    Embeddings rows = batch.embedded(twin.encoder());
    List<Enrolment> enrolments = new ArrayList<>();
    for (int i = 0; i < batch.read().size(); i++) {
      Read read = batch.read().get(i);
      LabelledFile from = files.get(read.index());
      byte @Nullable [] content = read.content();
      enrolments.add(
          content == null
              ? Enrolment.of(from.label(), rows.row(i), from.metadata())
              : new Enrolment(from.label(), rows.row(i), from.metadata(), content));
    }
    return enrolments;
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
