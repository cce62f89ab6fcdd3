package dev.doppel.gallery.disk;

import dev.doppel.error.GalleryException;
import dev.doppel.error.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteErrorCode;

/** What lies beneath a gallery's failure, told to a person. */
final class Fault {

  /** What systems say of a full disk; Java has no exception of its own for it. */
  private static final List<String> FULL =
      List.of("No space left on device", "Disk quota exceeded", "not enough space on the disk");

  private Fault() {}

  /** A failure of the database while doing something, as in "be read". */
  static GalleryException of(Path file, String doing, SQLException e) {
    SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff);
    return switch (code) {
      case SQLITE_FULL -> full(file, doing, e);
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_AUTH ->
          new GalleryException(
              "Gallery %s cannot %s: %s".formatted(file, doing, plain(e)),
              "Its file and its folder must be readable, and writable to change it; nothing was"
                  + " changed",
              "Look at their owner and permissions, or open it for reading only",
              e);
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL ->
          new GalleryException(
              "Gallery %s cannot %s: another program is busy with the file".formatted(file, doing),
              "Only one writes at a time; nothing was changed",
              "Stop the other program, or try again",
              e);
      case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT, SQLITE_MISMATCH ->
          damaged(file, "its pages or tables are not as they were written", e);
      case SQLITE_ERROR -> // such as a column that is not there: no statement here is wrong
          damaged(file, "its tables are not as they were written", e);
      default ->
          new GalleryException(
              "Gallery %s cannot %s: %s".formatted(file, doing, plain(e)),
              "The disk must read and write without error; nothing was changed",
              "Look at the disk and its free room, then try again",
              e);
    };
  }

  /** The database's words without its codes, and without saying them twice. */
  private static String plain(SQLException e) {
    return String.valueOf(e.getMessage())
        .replaceFirst("^\\[SQLITE_[A-Z_]+\\]\\s*", "")
        .replaceFirst("\\s*\\([^()]*\\)$", "");
  }

  private static GalleryException full(Path file, String doing, Exception e) {
    return GalleryException.full(
        "Gallery %s cannot %s: the disk is full".formatted(file, doing),
        "A change needs room for itself; nothing was changed",
        "Free some room and try again",
        e);
  }

  /** A failure of the file system. */
  static GalleryException of(Path file, String doing, IOException e) {
    String message = String.valueOf(e.getMessage());
    if (FULL.stream().anyMatch(message::contains)) {
      return full(file, doing, e);
    }
    return new GalleryException(
        "Gallery %s cannot %s: %s".formatted(file, doing, Reason.of(e)),
        "Its file and its folder must be readable, and writable to change it",
        "Look at their owner, permissions and free room, then try again",
        e);
  }

  static GalleryException damaged(Path file, String how, Throwable cause) {
    return new GalleryException(
        "Gallery %s is damaged: %s".formatted(file, how),
        "Every item, and the number of them, must be as they were written",
        "Restore a copy or an export of it; do not write to this one",
        cause);
  }

  static GalleryException damaged(Path file, String how) {
    return new GalleryException(
        "Gallery %s is damaged: %s".formatted(file, how),
        "Every item, and the number of them, must be as they were written",
        "Restore a copy or an export of it; do not write to this one");
  }
}
