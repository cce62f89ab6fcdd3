package dev.doppel.gallery.disk;

import dev.doppel.error.GalleryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to change a gallery, for one process at a time: a lock of the operating system on a
 * file beside it, which ends with the process however that ends. The file tells who holds it. It
 * stays when the lock goes: whoever deleted it could delete a lock just taken.
 *
 * <p>A process loses such a lock when it closes any channel to the file, so a path that this
 * process has locked is never opened a second time here.
 */
final class WriteLock implements AutoCloseable {

  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  /** Beyond the text, since some systems keep others from reading what is locked. */
  private static final long PLACE = Long.MAX_VALUE - 1;

  private static final int MAX_TEXT = 512;

  private final Path file;
  private final FileChannel channel;
  private boolean closed;

  private WriteLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of a gallery at once, or not at all.
   *
   * @param gallery its file, in a folder that exists
   * @throws GalleryException naming who holds it
   */
  static WriteLock of(Path gallery) {
    Path file = lockFile(gallery);
    if (!HELD_HERE.add(file)) {
      throw held(gallery, "this process already");
    }
    FileChannel channel = null;
    boolean taken = false;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock(PLACE, 1, false);
      if (lock == null) {
        throw held(gallery, holder(channel));
      }
      write(channel, here());
      taken = true;
      return new WriteLock(file, channel);
    } catch (IOException e) {
      throw Fault.of(gallery, "be locked for writing", e);
    } finally {
      if (!taken) {
        if (channel != null) {
          closeQuietly(channel);
        }
        HELD_HERE.remove(file);
      }
    }
  }

  static Path lockFile(Path gallery) {
    return gallery.resolveSibling(gallery.getFileName() + ".lock");
  }

  private static GalleryException held(Path gallery, String by) {
    return new GalleryException(
        "Gallery %s is being written by %s".formatted(gallery, by),
        "One process at a time changes a gallery, through one opening; any number read it",
        "Close it there, or open it for reading only");
  }

  private static String here() {
    ProcessHandle self = ProcessHandle.current();
    return "process %d on %s, started %s"
        .formatted(
            self.pid(),
            host(),
            self.info().startInstant().map(Instant::toString).orElse("at an unknown time"));
  }

  private static String host() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      String windows = System.getenv("COMPUTERNAME"); // and asking the network could take seconds
      return windows == null ? "this machine" : windows;
    }
  }

  private static String holder(FileChannel channel) {
    ByteBuffer text = ByteBuffer.allocate(MAX_TEXT);
    try {
      channel.read(text, 0);
    } catch (IOException e) {
      text.clear(); // who it is stays unknown; that it is held is what matters
    }
    String found = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
    return found.isEmpty() ? "another process" : found;
  }

  private static void write(FileChannel channel, @Nullable String text) throws IOException {
    channel.truncate(0);
    if (text != null) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      return; // nothing was written through it that matters
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      try {
        write(channel, null);
      } catch (IOException e) {
        System.getLogger(WriteLock.class.getName())
            .log(System.Logger.Level.DEBUG, "the lock's text stays", e);
      }
      closeQuietly(channel);
      HELD_HERE.remove(file);
    }
  }
}
