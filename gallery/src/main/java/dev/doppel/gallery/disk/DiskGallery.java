package dev.doppel.gallery.disk;

import dev.doppel.error.GalleryException;
import dev.doppel.error.OptionException;
import dev.doppel.gallery.Catalogue;
import dev.doppel.gallery.Enrolment;
import dev.doppel.gallery.Entry;
import dev.doppel.gallery.Filter;
import dev.doppel.gallery.Gallery;
import dev.doppel.gallery.GalleryStats;
import dev.doppel.gallery.Item;
import dev.doppel.gallery.LabelCount;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.gallery.Ranking;
import dev.doppel.gallery.SearchMode;
import dev.doppel.gallery.View;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A gallery in one SQLite file, searched in memory.
 *
 * <p>The file is the truth: a change is one transaction, forced to the disk before the call returns
 * and before memory follows. A search reads what was in memory when it began and waits for nobody.
 * The process that opens it for {@link Access#WRITE} holds a lock on {@code NAME.gallery.lock} and
 * is the only one that changes it; others may open it for {@link Access#READ} at any time and see
 * what was there at that moment. Such a one keeps no file open: {@link #original} looks at the file
 * as it is when asked, and what was forgotten since is gone.
 *
 * <p>Thread-safe. Whatever the disk refuses is a {@link GalleryException}, and then nothing has
 * changed.
 */
public final class DiskGallery implements Gallery {

  /** What the names of such files end with. */
  public static final String ENDING = ".gallery";

  /** How long to wait for another process that may be about to finish. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Path file;
  private final ModelStamp model;
  private final Clock clock = Clock.systemUTC();
  private final Catalogue catalogue;
  private final @Nullable Writing writing;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile boolean closed;

  private DiskGallery(Path file, ModelStamp model, Catalogue catalogue, @Nullable Writing writing) {
    this.file = file;
    this.model = model;
    this.catalogue = catalogue;
    this.writing = writing;
  }

  /** As {@link #create(Path, ModelStamp, SearchMode)}, to be searched exactly. */
  public static DiskGallery create(Path file, ModelStamp model) {
    return create(file, model, SearchMode.exact());
  }

  /**
   * Makes an empty one and opens it for writing.
   *
   * @param file where there is none yet, in a folder that exists
   * @param mode of this opening; the file does not keep it
   * @throws GalleryException if there is one already, or it cannot be written
   * @throws OptionException if the model's head allows no such search
   */
  public static DiskGallery create(Path file, ModelStamp model, SearchMode mode) {
    mode.check(model);
    GalleryFile.create(file, model);
    return open(file, Access.WRITE, mode);
  }

  /**
   * Opens one for writing, made if there is none; another process that makes it at the same time is
   * waited for as one that writes it.
   *
   * @param model of the one that is made; one that is there may be of another
   * @throws GalleryException if it can be neither made nor opened
   */
  public static DiskGallery openOrCreate(Path file, ModelStamp model) {
    if (!Files.exists(file)) {
      try {
        GalleryFile.create(file, model);
      } catch (GalleryException e) {
        if (!Files.exists(file)) {
          throw e; // nobody else made it meanwhile
        }
      }
    }
    return open(file, Access.WRITE);
  }

  /** As {@link #open(Path, Access, SearchMode)}, to be searched exactly. */
  public static DiskGallery open(Path file, Access access) {
    return open(file, access, SearchMode.exact());
  }

  /**
   * Opens one. Where another process is writing it, waits up to two seconds for that to end.
   *
   * @param mode of this opening; the file does not keep it
   * @throws GalleryException if there is none, it is damaged, of a newer format, or being written
   *     by another
   * @throws OptionException if its model's head allows no such search
   */
  public static DiskGallery open(Path file, Access access, SearchMode mode) {
    return open(file, access, mode, PATIENCE);
  }

  /**
   * The same with another patience for the process that is writing it.
   *
   * @param patience how long to wait; zero not to
   */
  public static DiskGallery open(Path file, Access access, SearchMode mode, Duration patience) {
    Path real = GalleryFile.existing(file);
    return access == Access.READ ? openToRead(real, mode) : openToWrite(real, mode, patience);
  }

  private static DiskGallery openToRead(Path file, SearchMode mode) {
    Mark.beforeReading(file);
    try (Connection on = Database.read(file)) {
      Database.execute(on, "BEGIN"); // one transaction: one moment
      Schema.check(on, file);
      ModelStamp stamp = Schema.stamp(on, file);
      return new DiskGallery(file, stamp, Loading.of(on, file, stamp, mode), null);
    } catch (SQLException e) {
      throw Fault.of(file, "be read", e);
    } finally {
      Leftovers.takeAway(file);
    }
  }

  private static DiskGallery openToWrite(Path file, SearchMode mode, Duration patience) {
    Writing writing = Writing.open(file, patience);
    boolean opened = false;
    try {
      ModelStamp stamp = writing.stamp();
      DiskGallery gallery = new DiskGallery(file, stamp, writing.load(stamp, mode), writing);
      opened = true;
      return gallery;
    } finally {
      if (!opened) {
        writing.close();
      }
    }
  }

  @Override
  public String name() {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
  }

  /** Where it lies. */
  public Path file() {
    return file;
  }

  @Override
  public ModelStamp model() {
    return model;
  }

  private View view() {
    if (closed) {
      throw new GalleryException(
          "Gallery %s was closed".formatted(file),
          "A gallery is used while it is open",
          "Open it again");
    }
    return catalogue.view();
  }

  private Writing writable() {
    view();
    if (writing == null) {
      throw new GalleryException(
          "Gallery %s is open for reading only".formatted(file),
          "Changes need it open for writing",
          "Open it with Access.WRITE");
    }
    return writing;
  }

  private void change(Writing.Change onDisk, Runnable inMemory) {
    Writing to = writable();
    to.commit(onDisk);
    try {
      inMemory.run();
    } catch (OutOfMemoryError e) {
      to.stop("memory ran out after a change was written; it is in the file");
      throw e;
    }
  }

  @Override
  public List<Long> enrol(List<Enrolment> enrolments) {
    enrolments.forEach(each -> model.checkEmbedding(each.embedding()));
    turn.lock();
    try {
      if (enrolments.isEmpty()) {
        writable();
        return List.of();
      }
      Instant now = Instant.ofEpochMilli(clock.millis());
      long first = writable().lastId() + 1;
      List<Entry> entries = new ArrayList<>(enrolments.size());
      for (Enrolment each : enrolments) {
        entries.add(Entry.of(first + entries.size(), each, now));
      }
      change(
          table -> table.insert(new EnrolmentSource(first, enrolments, now)),
          () -> catalogue.add(entries));
      writable().lastId(first + entries.size() - 1);
      return entries.stream().map(Entry::id).toList();
    } finally {
      turn.unlock();
    }
  }

  /**
   * Takes rows in, all or none.
   *
   * @param source rows with ids from this one on
   */
  List<Long> take(LongFunction<ItemTable.Source> source) {
    turn.lock();
    try {
      long first = writable().lastId() + 1;
      TakenRows rows = new TakenRows(source.apply(first), file);
      change(table -> table.insert(rows), () -> catalogue.add(rows.entries()));
      writable().lastId(first + rows.entries().size() - 1);
      return rows.entries().stream().map(Entry::id).toList();
    } finally {
      turn.unlock();
    }
  }

  @Override
  public int forget(List<Long> ids) {
    turn.lock();
    try {
      View view = view();
      return remove(
          new LinkedHashSet<>(ids).stream().filter(id -> view.item(id).isPresent()).toList());
    } finally {
      turn.unlock();
    }
  }

  @Override
  public int forget(String label) {
    turn.lock();
    try {
      return remove(view().ids(label));
    } finally {
      turn.unlock();
    }
  }

  private int remove(List<Long> known) {
    writable();
    if (!known.isEmpty()) {
      change(table -> table.delete(known), () -> catalogue.remove(known));
    }
    return known.size();
  }

  @Override
  public int rename(String label, String to) {
    turn.lock();
    try {
      view().checkRename(label, to);
      return move(label, to);
    } finally {
      turn.unlock();
    }
  }

  @Override
  public int merge(String label, String into) {
    turn.lock();
    try {
      View view = view();
      view.requireKnown(label);
      view.requireKnown(into);
      return label.equals(into) ? view.ids(label).size() : move(label, into);
    } finally {
      turn.unlock();
    }
  }

  private int move(String label, String to) {
    List<Long> ids = view().ids(label);
    change(table -> table.relabel(ids, to), () -> catalogue.move(label, to));
    return ids.size();
  }

  @Override
  public Optional<Item> item(long id) {
    return view().item(id);
  }

  @Override
  public Optional<byte[]> original(long id) {
    if (view().item(id).filter(Item::hasOriginal).isEmpty()) {
      return Optional.empty();
    }
    if (writing != null) {
      return writing.original(id);
    }
    Mark.beforeReading(file);
    try (Connection on = Database.read(file)) {
      return new ItemTable(on, file).original(id);
    } catch (SQLException e) {
      throw Fault.of(file, "be read", e);
    } finally {
      Leftovers.takeAway(file);
    }
  }

  @Override
  public List<float[]> embeddings(List<Long> ids) {
    return view().embeddings(ids);
  }

  @Override
  public List<Item> items(Optional<String> label, Filter filter, long after, int limit) {
    return view().items(label, filter, after, limit);
  }

  @Override
  public List<LabelCount> labels(Filter filter, String after, int limit) {
    return view().labels(filter, after, limit);
  }

  @Override
  public Ranking search(float[] query, int top, Filter filter) {
    return view().search(query, top, filter);
  }

  /**
   * @throws OptionException if there is no such label
   */
  @Override
  public double score(float[] query, String label) {
    return view().score(query, label);
  }

  @Override
  public GalleryStats stats() {
    return view().stats(GalleryFile.bytes(file));
  }

  /** Gives room back in the file and in memory; the file needs as much again while it is done. */
  @Override
  public void compact() {
    turn.lock();
    try {
      writable().compact();
      catalogue.rebuild();
    } finally {
      turn.unlock();
    }
  }

  /**
   * Writes a copy that is a gallery of its own, of one moment, while this one stays in use. Copying
   * the file with other tools is safe only while nobody has it open.
   *
   * @param to where there is nothing yet
   */
  public void copyTo(Path to) {
    view();
    GalleryFile.copy(file, to);
  }

  /** The connection that writes. */
  Connection connection() {
    return writable().connection();
  }

  @Override
  public void close() {
    turn.lock();
    try {
      if (!closed) {
        closed = true;
        if (writing != null) {
          writing.close();
        }
      }
    } finally {
      turn.unlock();
    }
  }
}
