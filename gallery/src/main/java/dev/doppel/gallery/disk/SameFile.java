package dev.doppel.gallery.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a file which is open was replaced, written over or removed by others. Systems that
 * tell no file from another by a key, as Windows, let nobody replace one that is open.
 */
final class SameFile {

  /** What the system says of it, as it was after the last change of our own. */
  private record Look(@Nullable Object key, FileTime modified, long size) {
    static @Nullable Look at(Path file) {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new Look(now.fileKey(), now.lastModifiedTime(), now.size());
      } catch (IOException gone) {
        return null;
      }
    }
  }

  private final Path file;
  private @Nullable Look last;
  private byte @Nullable [] mark;

  /** The file that is there now. */
  SameFile(Path file) {
    this.file = file;
    this.last = Look.at(file);
    this.mark = Mark.of(file);
  }

  /** It was changed by whoever opened it, and may have this mark since. */
  void changed(byte @Nullable [] now) {
    last = Look.at(file);
    mark = now == null ? mark : now;
  }

  /** Why it is no longer the file that was opened, as "was removed"; or null. */
  @Nullable String difference() {
    Look now = Look.at(file);
    Look before = last;
    if (now == null) {
      return "was removed";
    }
    if (before == null || !Objects.equals(before.key, now.key)) {
      return "was replaced by another file";
    }
    if (now.key != null && !now.equals(before)) {
      if (mark == null || !Arrays.equals(mark, Mark.of(file))) {
        return "was written over by another program";
      }
      last = now; // only its time was touched
    }
    return null;
  }
}
