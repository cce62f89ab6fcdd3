package dev.doppel.data.folder;

import dev.doppel.data.Dataset;
import dev.doppel.error.DataException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Images in a folder that has a folder for each class, {@code class/*.png}, or a level of groups
 * above them, {@code group/class/*.png}.
 *
 * <p>Each picture is read once and kept with its shorter side at most twice what a network reads;
 * if all do not fit in half of the memory there is, that is an error and not a slow death. Groups,
 * classes and images are in the order of their names. Immutable and thread-safe.
 *
 * @param data all images; its name says how many, not where or of what
 * @param fingerprint what the files' bytes hash to, class by class, as 16 hexadecimal digits
 * @param bytes what the images take in memory
 * @param colour whether any image has colour
 * @param refused files that could not be read, with the reason
 * @param others files and folders that are no pictures of a class
 */
public record ImageFolder(
    Dataset data,
    String fingerprint,
    long bytes,
    boolean colour,
    List<String> refused,
    int others) {

  private static final int NAMED = 10;

  public ImageFolder {
    refused = List.copyOf(refused);
  }

  /** Whether a folder has folders with pictures in them. */
  public static boolean isOne(Path folder) {
    return refusal(folder).isEmpty();
  }

  /** Why a folder is none with a folder for each class; empty if it is one. */
  public static Optional<DataException> refusal(Path folder) {
    try {
      FolderListing.of(folder); // which has a class at least
      return Optional.empty();
    } catch (DataException e) {
      return Optional.of(e);
    }
  }

  /**
   * Reads a folder.
   *
   * @param side what the network reads, in pixels
   * @param skipUnreadable whether to leave out files that cannot be read
   * @throws DataException if it has no class folders, a file cannot be read, or not all fit in
   *     memory
   */
  public static ImageFolder read(Path folder, int side, boolean skipUnreadable) {
    ImageFolder read = FolderReading.of(FolderListing.of(folder), side).folder();
    return skipUnreadable ? read : read.whole(folder, "Mend or remove them");
  }

  /**
   * This folder, if every file in it could be read.
   *
   * @param next what to do about others
   * @throws DataException if a file could not be read
   */
  public ImageFolder whole(Path folder, String next) {
    if (refused.isEmpty()) {
      return this;
    }
    int more = refused.size() - NAMED;
    throw new DataException(
        "%d of the pictures in %s cannot be read: %s%s"
            .formatted(
                refused.size(),
                folder,
                String.join("; ", refused.subList(0, Math.min(NAMED, refused.size()))),
                more > 0 ? "; and " + more + " more" : ""),
        "Every picture must be whole, and lie in the folder itself",
        next);
  }
}
