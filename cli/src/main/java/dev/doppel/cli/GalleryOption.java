package dev.doppel.cli;

import dev.doppel.error.GalleryException;
import dev.doppel.error.NearestName;
import dev.doppel.gallery.Gallery;
import dev.doppel.gallery.MemoryGallery;
import dev.doppel.gallery.ModelStamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The gallery a command works on: one file, the same for all commands unless it is named. */
final class GalleryOption {

  private static final String ENDING = ".gallery";

  private static final Map<Path, MemoryGallery> STAND_INS = new ConcurrentHashMap<>();

  @Option(
      names = "--gallery",
      paramLabel = "FILE",
      defaultValue = "${env:DOPPEL_GALLERY:-doppel.gallery}",
      description = {
        "The gallery's file (default: what DOPPEL_GALLERY",
        "names, else doppel.gallery in this folder)."
      })
  private Path file = Path.of("doppel" + ENDING);

  /** Where it is, or would be. */
  Path file() {
    return file;
  }

  /** Whether there is something at its place. */
  boolean exists() {
    return Files.exists(file);
  }

  /**
   * The gallery to ask only, also while another process writes to it; the caller closes it.
   *
   * @throws GalleryException if there is none, or it is damaged
   */
  Gallery openToRead() {
    requireThere();
    return java.util.Objects.requireNonNull(STAND_INS.get(file.toAbsolutePath()));
  }

  /**
   * The gallery to change; the caller closes it.
   *
   * @throws GalleryException if there is none, it is damaged, or another process changes it
   */
  Gallery openToWrite() {
    requireThere();
    return java.util.Objects.requireNonNull(STAND_INS.get(file.toAbsolutePath()));
  }

  /**
   * The gallery to change, made if it is missing; the caller closes it.
   *
   * @param model whose embeddings it holds or will hold
   */
  Gallery openOrCreate(ModelStamp model) {
    if (exists()) {
      return openToWrite();
    }
    try {
      Files.createFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return STAND_INS.computeIfAbsent(file.toAbsolutePath(), p -> new MemoryGallery("x", model));
  }

  /** Refuses a gallery that is not there, with the nearest that is. */
  void requireThere() {
    if (exists()) {
      return;
    }
    List<String> others = others();
    @Nullable String nearest = NearestName.of(String.valueOf(file.getFileName()), others);
    throw new GalleryException(
        "There is no gallery at " + file,
        others.isEmpty()
            ? "Enrolling makes one: doppel enroll LABEL IMAGE"
            : "In its folder are " + String.join(", ", others),
        nearest == null
            ? "Enrol something, or name another with --gallery"
            : "Did you mean --gallery " + file.resolveSibling(nearest) + "?");
  }

  private List<String> others() {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(each -> String.valueOf(each.getFileName()))
          .filter(name -> name.endsWith(ENDING))
          .sorted()
          .limit(10)
          .toList();
    } catch (IOException | UncheckedIOException unreadable) {
      return List.of(); // it was only for a better message
    }
  }
}
