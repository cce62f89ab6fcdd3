package dev.doppel.eval;

import dev.doppel.error.DataException;
import dev.doppel.error.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The questions of a protocol as a list of image ids with the right answers. */
public sealed interface Questions permits TrialList, PairList, GalleryList {

  /** The list as comma-separated values with a head line. */
  String csv();

  /**
   * Writes {@link #csv()} beside the file, then renames it over.
   *
   * @throws DataException if the file cannot be written
   */
  default void write(Path file) {
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(beside, csv());
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      try {
        Files.deleteIfExists(beside);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw new DataException(
          "The list of questions cannot be written to " + file + " (" + Reason.of(e) + ")",
          "It needs a folder that exists, with room and permission to write",
          "Choose another file",
          e);
    }
  }
}
