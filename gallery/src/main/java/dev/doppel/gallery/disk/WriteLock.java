package dev.doppel.gallery.disk;

import dev.doppel.error.GalleryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The right to change a gallery, for one process at a time: a lock of the operating system on a
 * file beside it, which ends with the process however that ends. The file tells who holds it, and
 * goes with the lock; one that a killed process left behind is taken over. Whoever gets a lock
 * looks whether its file is still the one at that place: the former holder may just have deleted
 * it.
 *
 * <p>A process loses such a lock when it closes any channel to the file, so a path that this
 * process has locked is never opened a second time here.
 */
final class WriteLock implements AutoCloseable {

  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private static final SecureRandom RANDOM = new SecureRandom();

  /** Beyond the text, since some systems keep others from reading what is locked. */
  private static final long PLACE = Long.MAX_VALUE - 1;

  private static final int MAX_TEXT = 512;

  private static final long LOOK_AGAIN_MILLIS = 50;

  /** Telling apart a file and one that took its place: no two holders write as much, likely. */
  private static final int MAX_PADDING = 4096;

  private final Path file;
  private final FileChannel channel;
  private final boolean deletable;
  private boolean closed;

  private WriteLock(Path file, FileChannel channel, boolean deletable) {
    this.file = file;
    this.channel = channel;
    this.deletable = deletable;
  }

  /**
   * Takes the lock of a gallery, at once or after a while in which another process may let go.
   *
   * @param gallery its file, in a folder that exists
   * @param patience how long to wait for another process
   * @throws GalleryException naming who holds it
   */
  static WriteLock of(Path gallery, Duration patience) {
    return of(lockFile(gallery), gallery, patience, by -> held(gallery, by));
  }

  /**
   * Takes a lock.
   *
   * @param file that is locked
   * @param of what it is for, as failures name it
   * @param held makes the refusal from the words for who holds it
   */
  static WriteLock of(
      Path file, Path of, Duration patience, Function<String, GalleryException> held) {
    if (!HELD_HERE.add(file)) {
      throw held.apply("this process already");
    }
    WriteLock lock = null;
    try {
      lock = taken(file, patience, held);
      return lock;
    } catch (IOException e) {
      throw Fault.of(of, "be locked for writing", e);
    } finally {
      if (lock == null) {
        HELD_HERE.remove(file);
      }
    }
  }

  private static WriteLock taken(
      Path file, Duration patience, Function<String, GalleryException> held) throws IOException {
    long until = System.nanoTime() + patience.toNanos();
    while (true) {
      Attempt attempt = attempt(file);
      if (attempt.lock != null) {
        return attempt.lock;
      }
      if (attempt.holder != null && (System.nanoTime() - until >= 0 || !pause())) {
        throw held.apply(attempt.holder);
      }
    }
  }

  /** A lock, or who holds it, or neither where the file went away meanwhile. */
  private record Attempt(@Nullable WriteLock lock, @Nullable String holder) {}

  private static Attempt attempt(Path file) throws IOException {
    Object key = made(file);
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (NoSuchFileException gone) {
      return new Attempt(null, null);
    }
    WriteLock lock = null;
    try {
      FileLock taken = channel.tryLock(PLACE, 1, false);
      if (taken == null) {
        return new Attempt(null, holder(channel));
      }
      writeOrDelete(channel, file, here() + " ".repeat(RANDOM.nextInt(MAX_PADDING)));
      if (key == null || isStill(file, key, channel.size())) {
        lock = new WriteLock(file, channel, key != null);
      }
      return new Attempt(lock, null);
    } finally {
      if (lock == null) {
        closeQuietly(channel);
      }
    }
  }

  /** Makes the file if it is missing; what identifies it, or null if this system has no such. */
  private static @Nullable Object made(Path file) throws IOException {
    if (!Files.exists(file)) {
      try {
        Files.createFile(file);
      } catch (FileAlreadyExistsException another) {
        return key(file); // who was quicker has the same right
      }
    }
    return key(file);
  }

  private static @Nullable Object key(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException gone) {
      return file; // equals no key, so that it is looked at again
    }
  }

  private static boolean isStill(Path file, Object key, long size) throws IOException {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return key.equals(now.fileKey()) && now.size() == size;
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  /** Waits a moment; false if there is no time for that. */
  private static boolean pause() {
    try {
      Thread.sleep(LOOK_AGAIN_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static Path lockFile(Path gallery) {
    return gallery.resolveSibling(gallery.getFileName() + ".lock");
  }

  private static GalleryException held(Path gallery, String by) {
    return new GalleryException(
        "Gallery %s is being written by %s".formatted(gallery, by),
        "One process at a time changes a gallery; any number read it",
        "Wait until it is done, or stop it; a server that holds it is asked over HTTP");
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

  /** A lock that cannot tell who holds it, as on a full disk, is none and leaves no file. */
  private static void writeOrDelete(FileChannel channel, Path file, String text)
      throws IOException {
    boolean written = false;
    try {
      write(channel, text);
      written = true;
    } finally {
      if (!written) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
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
        if (deletable) { // while it is locked, so that it is nobody else's
          Files.deleteIfExists(file);
        } else {
          channel.truncate(0);
        }
      } catch (IOException e) {
        System.getLogger(WriteLock.class.getName())
            .log(System.Logger.Level.DEBUG, "the lock's file stays", e);
      }
      closeQuietly(channel);
      HELD_HERE.remove(file);
    }
  }
}
