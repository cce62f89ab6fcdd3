package dev.doppel.gallery.disk;

import dev.doppel.error.GalleryException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The right to serve a folder of galleries as a whole, for one process at a time. It ends with the
 * process, and keeps nobody from reading a gallery, nor from changing one that no server has open.
 */
public final class FolderClaim implements AutoCloseable {

  private static final String FILE = ".serving.lock";

  private final WriteLock lock;

  private FolderClaim(WriteLock lock) {
    this.lock = lock;
  }

  /**
   * Claims a folder that exists.
   *
   * @throws GalleryException naming the process that serves it
   */
  public static FolderClaim of(Path folder) {
    try {
      Path file = folder.toRealPath().resolve(FILE);
      return new FolderClaim(WriteLock.of(file, folder, Duration.ZERO, by -> held(folder, by)));
    } catch (IOException e) {
      throw Fault.of(folder, "be claimed", e);
    }
  }

  private static GalleryException held(Path folder, String by) {
    return new GalleryException(
        "The galleries in %s are being served by %s".formatted(folder, by),
        "One server at a time serves a folder of galleries",
        "Stop that one, or serve another folder");
  }

  @Override
  public void close() {
    lock.close();
  }
}
