package dev.doppel.gallery.disk;

import dev.doppel.error.GalleryException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * What reading leaves beside a gallery that nobody writes: an empty log and its index, which only a
 * connection that may write can take away.
 */
final class Leftovers {

  private Leftovers() {}

  /** Takes them away, where there are any and nobody else has the right to change the gallery. */
  static void takeAway(Path file) {
    if (!Files.exists(Database.log(file)) || !Files.isWritable(file)) {
      return;
    }
    try (WriteLock lock = WriteLock.of(file, Duration.ZERO)) {
      Mark.setAsideIfForeign(file);
      try (Connection on = Database.write(file)) {
        Database.number(on, "PRAGMA user_version"); // looks at the log, so that closing ends it
      }
    } catch (GalleryException | SQLException inUse) {
      return; // whoever has it takes them away
    }
  }
}
