package dev.doppel.cli;

import dev.doppel.error.DataException;
import dev.doppel.error.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second run from the checkpoint of one that is under way. The lock is the system's: it
 * ends with the process, however that ends. The file that it hangs on is removed on closing.
 */
final class RunLock implements AutoCloseable {

  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of a checkpoint.
   *
   * @throws DataException if another run has it, or its file cannot be made
   */
  static RunLock of(Path checkpoint) {
    Path file = checkpoint.resolveSibling(checkpoint.getFileName() + ".lock");
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (taken(channel) == null) {
        channel.close();
        throw new DataException(
            "Another run is under way that is kept in " + checkpoint,
            "Two would overwrite each other",
            "Wait for it to end, or choose another place by --out or --checkpoint");
      }
      return new RunLock(file, channel);
    } catch (IOException refused) {
      throw new DataException(
          file + " cannot be written (" + Reason.of(refused) + ")",
          "A run keeps others from its checkpoint by it",
          "Give yourself permission to write there, or choose another place by --checkpoint",
          refused);
    }
  }

  private static @Nullable FileLock taken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException within) { // this process has it
      return null;
    }
  }

  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(file); // before the lock ends, or it may be the next run's
    } catch (IOException left) {
      // An empty file costs nothing, and the next run takes it.
    }
  }
}
