package dev.doppel.server.guard;

import dev.doppel.error.DataException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The keys of a file that may change: a key that was added or revoked counts within a second.
 *
 * <p>A file that is gone or broken changes nothing, but for a warning in the log: nobody is let in
 * by an accident, nor locked out by one. Thread-safe.
 */
final class WatchedKeys implements Keyring {

  private static final Logger LOG = System.getLogger(WatchedKeys.class.getName());
  private static final long A_SECOND = 1_000_000_000;

  private final Path file;
  private final LongSupplier clock;
  private List<ApiKey> keys;
  private String seen;
  private long looked;

  /**
   * @param clock nanoseconds, as {@link System#nanoTime}
   * @throws DataException if the file is missing or broken now
   */
  WatchedKeys(Path file, LongSupplier clock) {
    this.file = file;
    this.clock = clock;
    this.seen = state();
    this.keys = KeyFile.existing(file);
    this.looked = clock.getAsLong();
  }

  @Override
  public Optional<Caller> caller(String text) {
    byte[] hash = ApiKey.hash(text).getBytes(StandardCharsets.US_ASCII);
    Optional<Caller> found = Optional.empty();
    for (ApiKey key : current()) { // all of them, however early one fits
      if (MessageDigest.isEqual(hash, key.sha256().getBytes(StandardCharsets.US_ASCII))) {
        found = Optional.of(key.caller());
      }
    }
    return found;
  }

  private synchronized List<ApiKey> current() {
    long now = clock.getAsLong();
    if (now - looked >= A_SECOND) {
      looked = now;
      String state = state();
      if (!state.equals(seen)) {
        seen = state;
        read();
      }
    }
    return keys;
  }

  private void read() {
    try {
      keys = KeyFile.existing(file);
      LOG.log(Level.INFO, "keys read anew: " + keys.size());
    } catch (DataException e) {
      LOG.log(
          Level.WARNING,
          "keys stay as they were read last, %d of them, until this is mended: %s"
              .formatted(keys.size(), e.getMessage()));
    }
  }

  /** What changes when the file does. */
  private String state() {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
    } catch (IOException e) {
      return "not there";
    }
  }
}
