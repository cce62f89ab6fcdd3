package dev.doppel.gallery.disk;

import dev.doppel.error.GalleryException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Ties a gallery's log to its file: random bytes that each opening writes into the file before its
 * first change, and that every change writes into the log again. A log without the mark of the file
 * beside it belongs to another file, as after a copy was put back where a process was killed;
 * SQLite itself would write it over the copy.
 *
 * <p>A log is only set aside where the file's mark can be read and is not in the log: a file that a
 * crash left half written keeps its log. Files of before there were marks keep theirs too.
 */
final class Mark {

  static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS opening (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        mark BLOB NOT NULL,
        before BLOB NOT NULL,
        changes INTEGER NOT NULL)""";

  private static final int BYTES = 16;

  /** The head of a log, behind which changes come. */
  private static final int LOG_HEAD = 32;

  private static final SecureRandom RANDOM = new SecureRandom();

  private Mark() {}

  /** A mark that no file has. */
  static byte[] fresh() {
    byte[] mark = new byte[BYTES];
    RANDOM.nextBytes(mark);
    return mark;
  }

  /** Writes a mark, and the one before it, so that the log goes with the file as it still lies. */
  static void write(Connection on, byte[] mark) throws SQLException {
    Database.execute(on, TABLE);
    try (PreparedStatement insert =
        on.prepareStatement(
            "INSERT OR REPLACE INTO opening"
                + " VALUES (1, ?1, coalesce((SELECT mark FROM opening), ?1), 0)")) {
      insert.setBytes(1, mark);
      insert.execute();
    }
  }

  /** Leaves the mark before out, once the file itself has the new one. */
  static void forgetBefore(Connection on) throws SQLException {
    Database.execute(on, "UPDATE opening SET before = mark");
  }

  /** Has the change under way carry the mark into the log. */
  static void carry(Connection on) throws SQLException {
    Database.execute(on, "UPDATE opening SET changes = changes + 1");
  }

  /** The mark of a file as it lies, without its log; null if it has none that can be read. */
  static byte @Nullable [] of(Path file) {
    if (!Files.isRegularFile(file)) {
      return null;
    }
    try (Connection on = Database.asItLies(file);
        Statement statement = on.createStatement();
        ResultSet row = statement.executeQuery("SELECT mark FROM opening WHERE one = 1")) {
      byte[] mark = row.next() ? row.getBytes(1) : null;
      return mark == null || mark.length != BYTES ? null : mark;
    } catch (SQLException none) {
      return null; // whether it is damaged is for others to say
    }
  }

  /** Whether the log beside a file, if there is one with anything in it, is the file's own. */
  static boolean fits(Path file) {
    Path log = Database.log(file);
    try {
      if (!Files.exists(log) || Files.size(log) <= LOG_HEAD) {
        return true;
      }
      byte[] mark = of(file);
      return mark == null || contains(log, mark);
    } catch (IOException e) {
      throw Fault.of(file, "be read", e);
    }
  }

  private static boolean contains(Path log, byte[] mark) throws IOException {
    byte[] window = new byte[1 << 16];
    int kept = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(log))) {
      for (int n = in.read(window, kept, window.length - kept);
          n >= 0;
          n = in.read(window, kept, window.length - kept)) {
        int filled = kept + n;
        for (int i = 0; i + BYTES <= filled; i++) {
          if (window[i] == mark[0] && Arrays.equals(window, i, i + BYTES, mark, 0, BYTES)) {
            return true;
          }
        }
        kept = Math.min(BYTES - 1, filled);
        System.arraycopy(window, filled - kept, window, 0, kept);
      }
    }
    return false;
  }

  /**
   * Before a file is read: sets a log of another file aside.
   *
   * @throws GalleryException if that is not this process's to do
   */
  static void beforeReading(Path file) {
    for (int look = 0; look < 2; look++) { // its writer may just be giving it a mark
      if (fits(file)) {
        return;
      }
    }
    try (WriteLock lock = WriteLock.of(file, Duration.ZERO)) {
      setAsideIfForeign(file);
    } catch (GalleryException inUse) {
      throw new GalleryException(
          "Beside gallery %s lies the log of another file (%s)"
              .formatted(file, Database.log(file).getFileName()),
          "A gallery is put back while nobody has it open, and without the log of the one before",
          "Stop whoever has it open; the log is then set aside and the gallery as it was put there",
          inUse);
    }
  }

  /** Sets a log of another file, or of one that is gone, aside; who calls this holds the lock. */
  static void setAsideIfForeign(Path file) {
    boolean gone = !Files.exists(file);
    try {
      if (gone ? !Files.exists(Database.log(file)) : fits(file)) {
        return;
      }
      Path aside = vacant(file);
      Files.move(Database.log(file), aside);
      Files.deleteIfExists(Database.logIndex(file));
      System.getLogger(Mark.class.getName())
          .log(
              System.Logger.Level.WARNING,
              (gone
                      ? "%s is gone; its log was set aside as %s"
                      : "the log beside %s was another file's and was set aside as %s; the gallery is used as it was put there, without the changes that only that log holds")
                  .formatted(file, aside.getFileName()));
    } catch (IOException e) {
      throw Fault.of(file, "be told from the log of another file", e);
    }
  }

  private static Path vacant(Path file) {
    String name = file.getFileName() + "-wal.of-another";
    Path aside = file.resolveSibling(name);
    for (int i = 2; Files.exists(aside); i++) {
      aside = file.resolveSibling(name + "-" + i);
    }
    return aside;
  }
}
