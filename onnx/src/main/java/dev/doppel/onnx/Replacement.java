package dev.doppel.onnx;

import dev.doppel.error.ModelException;
import dev.doppel.error.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/** A file that is written beside its place, forced to the disk, then renamed over: whole or not. */
final class Replacement {

  /** What writes the content. */
  interface Content {
    void to(OutputStream out) throws IOException;
  }

  private Replacement() {}

  /** Writes or replaces {@code file}; its folder is made if missing. */
  static void write(Path file, Content content) {
    Path target = file.toAbsolutePath();
    if (Files.isDirectory(target)) {
      throw new ModelException(
          file + " is a folder", "A model is one file", "Name a file in it, such as model.onnx");
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) { // the rename would replace it
      throw new ModelException(
          file + " is a pipe or a device", "A model is one file on a disk", "Name another place");
    }
    Path folder = Objects.requireNonNull(target.getParent()); // not a folder, so not a root
    // No temporary-file API: it would keep other users from reading the model.
    Path beside =
        folder.resolve(
            "."
                + target.getFileName()
                + "."
                + ThreadLocalRandom.current().nextInt(1 << 30)
                + ".part");
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OutputStream out = Channels.newOutputStream(channel)) {
        content.to(out);
        channel.force(true);
      }
      Files.move(
          beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      force(folder);
    } catch (IOException e) {
      throw new ModelException(
          file + " could not be written: " + Reason.of(e),
          "Its folder must be writable and have room for the whole model",
          "Free some room or name another place; nothing half-written was left",
          e);
    } finally {
      delete(beside);
    }
  }

  /** Makes the rename outlive a power cut, where the system lets folders be forced. */
  private static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      return; // Windows opens no folders; the file itself is safe
    }
  }

  private static void delete(Path beside) {
    try {
      Files.deleteIfExists(beside);
    } catch (IOException e) {
      return; // the failure that led here is the one to report
    }
  }
}
