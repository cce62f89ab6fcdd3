package dev.doppel.gallery.disk;

import dev.doppel.error.GalleryException;
import dev.doppel.gallery.Catalogue;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.gallery.SearchMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one connection that changes a gallery's file, with the lock that makes it the only one, and
 * beside it a connection that reads originals without waiting for a change to reach the disk.
 * Changes come one at a time; the caller sees to that.
 */
final class Writing implements AutoCloseable {

  /** Files up to this size are checked page by page when they are opened: about 100 ms. */
  private static final long QUICK_CHECK_BYTES = 64L << 20;

  private final Path file;
  private final WriteLock lock;
  private final Connection on;
  private final Object reading = new Object();
  private final SameFile same;
  private final byte[] mark = Mark.fresh();
  private final Connection reader;
  private boolean marked;
  private boolean tied;
  private long lastId;
  private volatile @Nullable String stopped;

  private Writing(Path file, WriteLock lock, Connection on, Connection reader, long lastId) {
    this.file = file;
    this.lock = lock;
    this.on = on;
    this.reader = reader;
    this.same = new SameFile(file);
    this.lastId = lastId;
  }

  /** What a change does to the file. */
  interface Change {
    void to(ItemTable table) throws SQLException;
  }

  /**
   * Locks and opens a file that is there.
   *
   * @param patience how long to wait for another process to let go of it
   * @throws GalleryException if another writes it, or it is none or a damaged one
   */
  static Writing open(Path file, Duration patience) {
    WriteLock lock = WriteLock.of(file, patience);
    Connection on = null;
    Connection reader = null;
    boolean opened = false;
    try {
      Mark.setAsideIfForeign(file);
      on = Database.write(file);
      Schema.check(on, file);
      check(on, file);
      long last = new ItemTable(on, file).tally().last();
      reader = Database.read(file);
      Database.number(reader, "PRAGMA user_version"); // from now on it has a part in the file
      Writing writing = new Writing(file, lock, on, reader, last);
      opened = true;
      return writing;
    } catch (SQLException e) {
      throw Fault.of(file, "be opened", e);
    } finally {
      if (!opened) {
        close(reader, file);
        close(on, file);
        lock.close();
      }
    }
  }

  private static void check(Connection on, Path file) throws SQLException {
    try {
      if (Files.size(file) > QUICK_CHECK_BYTES) {
        return; // each row is checked as it is read, and their number
      }
    } catch (IOException e) {
      throw Fault.of(file, "be read", e);
    }
    String found = Database.text(on, "PRAGMA quick_check(1)");
    if (!found.equals("ok")) {
      String where = found.replaceAll("\\s+", " ").replaceFirst("^\\*+ in database main \\*+ ", "");
      throw Fault.damaged(file, "its pages do not hold together (" + where + ")");
    }
  }

  ModelStamp stamp() {
    try {
      return Schema.stamp(on, file);
    } catch (SQLException e) {
      throw Fault.of(file, "be read", e);
    }
  }

  Catalogue load(ModelStamp stamp, SearchMode mode) {
    try {
      return Loading.of(on, file, stamp, mode);
    } catch (SQLException e) {
      throw Fault.of(file, "be read", e);
    }
  }

  Connection connection() {
    return on;
  }

  /** The highest id ever given. */
  long lastId() {
    return lastId;
  }

  void lastId(long id) {
    lastId = id;
  }

  /** Makes a change in one transaction, on the disk when this returns, or not at all. */
  void commit(Change change) {
    refuseIfStopped();
    refuseIfAnother();
    boolean done = false;
    try {
      tie();
      Database.execute(on, "BEGIN IMMEDIATE");
      Mark.carry(on);
      change.to(new ItemTable(on, file));
      Database.execute(on, "COMMIT");
      done = true;
    } catch (SQLException e) {
      throw Fault.of(file, "be changed", e);
    } finally {
      if (!done) {
        rollBack();
      }
      same.changed(tied ? mark : null);
    }
  }

  /**
   * Gives the file a mark of this opening, before its first change. While another process reads,
   * the mark may not reach the file itself; then the log keeps the mark before too, and the next
   * change tries again.
   */
  private void tie() throws SQLException {
    if (tied) {
      return;
    }
    if (!marked) {
      try {
        Database.execute(on, "BEGIN IMMEDIATE");
        Mark.write(on, mark);
        Database.execute(on, "COMMIT");
        marked = true;
      } finally {
        if (!marked) {
          rollBack();
        }
      }
    }
    Database.execute(on, "PRAGMA busy_timeout = 0"); // a change does not wait for it
    boolean busy;
    try {
      busy = Database.number(on, "PRAGMA wal_checkpoint(TRUNCATE)") != 0;
    } finally {
      Database.execute(on, "PRAGMA busy_timeout = " + Database.BUSY_MILLISECONDS);
    }
    if (!busy) {
      Mark.forgetBefore(on);
      tied = true;
    }
  }

  /** Refuses to change a file that is no longer the one that was opened. */
  private void refuseIfAnother() {
    String difference = same.difference();
    if (difference != null) {
      stop("its file " + difference + " while it was open");
      refuseIfStopped();
    }
  }

  private void rollBack() {
    try {
      if (!Database.taken(on, "ROLLBACK")) { // SQLite took the change back itself
        Database.execute(on, "BEGIN"); // which only works where nothing is begun
        Database.execute(on, "ROLLBACK");
      }
    } catch (SQLException e) {
      stop("a change that failed could not be taken back: " + e.getMessage());
    }
  }

  /** Refuses all further changes: memory and file may differ. */
  void stop(String why) {
    stopped = why;
  }

  private void refuseIfStopped() {
    String why = stopped;
    if (why != null) {
      throw new GalleryException(
          "Gallery %s takes no more changes: %s".formatted(file, why),
          "Memory and file must agree",
          "Stop whoever has it open, see which file lies there, and open it again");
    }
  }

  Optional<byte[]> original(long id) {
    synchronized (reading) {
      try {
        return new ItemTable(reader, file).original(id);
      } catch (SQLException e) {
        throw Fault.of(file, "be read", e);
      }
    }
  }

  void compact() {
    refuseIfStopped();
    refuseIfAnother();
    try {
      tie();
      Database.execute(on, "VACUUM");
      Database.execute(on, "PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException e) {
      throw Fault.of(file, "be compacted", e);
    } finally {
      same.changed(tied ? mark : null);
    }
  }

  @Override
  public void close() {
    boolean another = same.difference() != null;
    if (another) {
      close(on, file); // not the last one out, so that the log is not written into that file
    }
    synchronized (reading) {
      close(reader, file);
    }
    if (another) {
      setAside();
    } else {
      close(on, file); // the last one out writes the log into the file
    }
    lock.close();
  }

  private void setAside() {
    try {
      Mark.setAsideIfForeign(file);
    } catch (GalleryException e) {
      System.getLogger(Writing.class.getName())
          .log(System.Logger.Level.WARNING, "closing %s: %s".formatted(file, e.getMessage()));
    }
  }

  private static void close(@Nullable Connection connection, Path file) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      System.getLogger(Writing.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "closing %s: %s; what was acknowledged is in its log"
                  .formatted(file, e.getMessage()));
    }
  }
}
