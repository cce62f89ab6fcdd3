package dev.doppel.gallery.disk;

import dev.doppel.error.GalleryException;
import dev.doppel.gallery.ModelStamp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A gallery's file as a whole: made, found, copied, deleted. */
final class GalleryFile {

  private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  private GalleryFile() {}

  /** What fills a new file, in one transaction. */
  interface Content {
    void to(ItemTable table) throws SQLException;
  }

  static void create(Path file, ModelStamp model) {
    create(file, model, table -> {});
  }

  /** Makes a gallery beside its place and renames it there when it is whole and on the disk. */
  static void create(Path file, ModelStamp model, Content content) {
    Path target = vacant(file);
    try (WriteLock lock = WriteLock.of(target, DiskGallery.PATIENCE)) {
      vacant(file); // it may have come while the lock was taken
      Path beside = beside(target, ".new");
      try {
        deleteWithLog(beside);
        deleteLog(target); // of one that was deleted; a new file must not inherit it
        try (Connection on = Database.create(beside)) {
          Database.execute(on, "BEGIN");
          Schema.create(on, model);
          content.to(new ItemTable(on, target));
          Database.execute(on, "COMMIT");
        }
        settle(beside, target);
      } catch (SQLException e) {
        throw Fault.of(target, "be made", e);
      } catch (IOException e) {
        throw Fault.of(target, "be made", e);
      } finally {
        deleteQuietly(beside);
      }
    }
  }

  /** The real place of a file that is to be made. */
  static Path vacant(Path file) {
    if (Files.exists(file)) {
      throw new GalleryException(
          file + " is there already",
          "A new gallery is made where there is nothing",
          "Open that one, or choose another name");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new GalleryException(
          "There is no folder " + folder, "A gallery is made in a folder", "Make the folder first");
    }
    try {
      return folder.toRealPath().resolve(file.getFileName());
    } catch (IOException e) {
      throw Fault.of(file, "be made", e);
    }
  }

  /** The real place of a file that must be there and look like SQLite's. */
  static Path existing(Path file) {
    if (!Files.exists(file)) {
      throw new GalleryException(
          "There is no gallery at " + file,
          "A gallery is a file that was made before",
          "Look for a misspelt name, or make it");
    }
    if (Files.isDirectory(file)) {
      throw new GalleryException(
          file + " is a folder",
          "A gallery is one file",
          "Name a file in it, such as NAME.gallery");
    }
    try (InputStream in = Files.newInputStream(file)) {
      if (!Arrays.equals(in.readNBytes(HEADER.length), HEADER)) {
        throw new GalleryException(
            file + " is no gallery: it does not begin as an SQLite file does",
            "A gallery is made by Doppel",
            "Name another file; if this was a gallery, restore a copy");
      }
      return file.toRealPath();
    } catch (IOException e) {
      throw Fault.of(file, "be read", e);
    }
  }

  /** Bytes on disk, log included. */
  static long bytes(Path file) {
    return size(file) + size(Database.log(file));
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0; // no log, or no longer
    }
  }

  /** Writes a copy of one moment. */
  static void copy(Path file, Path to) {
    Path target = vacant(to);
    Path beside = beside(target, ".copy");
    Mark.beforeReading(file);
    try (Connection on = Database.read(file)) {
      deleteWithLog(beside);
      try (PreparedStatement copy = on.prepareStatement("VACUUM INTO ?")) {
        copy.setString(1, beside.toString());
        copy.execute();
      }
      try (Connection made = Database.write(beside)) {
        Mark.write(made, Mark.fresh()); // so that it goes with no log of the file it came from
        Mark.forgetBefore(made);
      }
      settle(beside, target);
    } catch (SQLException e) {
      throw Fault.of(file, "be copied to " + to, e);
    } catch (IOException e) {
      throw Fault.of(file, "be copied to " + to, e);
    } finally {
      deleteQuietly(beside);
      Leftovers.takeAway(file);
    }
  }

  static Path beside(Path target, String ending) {
    return target.resolveSibling("." + target.getFileName() + ending);
  }

  /** Brings a finished file to its place, on the disk for good. */
  static void settle(Path beside, Path target) throws IOException {
    try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    force(target.getParent());
  }

  /** Makes a rename outlive a power cut, where the system lets folders be forced. */
  private static void force(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      return; // Windows opens no folders; the file itself is safe
    }
  }

  /**
   * Deletes a gallery that nobody writes: first out of its place, so that it is there or not.
   *
   * @throws GalleryException if it is not there, or being written
   */
  static void delete(Path file) {
    Path real = existing(file);
    try (WriteLock lock = WriteLock.of(real, DiskGallery.PATIENCE)) {
      Path beside = beside(real, ".deleted");
      Files.move(real, beside, StandardCopyOption.ATOMIC_MOVE);
      force(real.getParent());
      deleteLog(real);
      deleteWithLog(beside);
    } catch (IOException e) {
      throw Fault.of(file, "be deleted", e);
    }
  }

  private static void deleteLog(Path file) throws IOException {
    Files.deleteIfExists(Database.log(file));
    Files.deleteIfExists(Database.logIndex(file));
  }

  private static void deleteWithLog(Path file) throws IOException {
    Files.deleteIfExists(file);
    deleteLog(file);
  }

  static void deleteQuietly(Path file) {
    try {
      deleteWithLog(file);
    } catch (IOException e) {
      return; // the failure that led here is the one to report
    }
  }
}
