package dev.doppel.cli;

import dev.doppel.error.GalleryException;
import dev.doppel.error.NearestName;
import dev.doppel.error.OptionException;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.gallery.disk.Access;
import dev.doppel.gallery.disk.DiskGallery;
import dev.doppel.model.Twin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The gallery a command works on: one file, the same for all commands unless it is named. */
final class GalleryOption {

  private static final String VARIABLE = "DOPPEL_GALLERY";

  @Option(
      names = "--gallery",
      paramLabel = "FILE",
      description = {
        "The gallery's file (default: what " + VARIABLE,
        "names, else doppel.gallery in this folder)."
      })
  private @Nullable Path named;

  /** Where it is, or would be. */
  Path file() {
    if (named != null) {
      if (named.toString().isEmpty()) { // a script's variable that is not set, most likely
        throw new OptionException(
            "--gallery is empty", "It names one file", "Name it, or leave --gallery out");
      }
      return named;
    }
    String usual = System.getenv(VARIABLE);
    return Path.of(usual == null || usual.isEmpty() ? "doppel" + DiskGallery.ENDING : usual);
  }

  /** Whether there is something at its place. */
  boolean exists() {
    return Files.exists(file());
  }

  /**
   * The gallery to ask only, also while another process writes to it; the caller closes it.
   *
   * @throws GalleryException if there is none, or it is damaged
   */
  DiskGallery openToRead() {
    requireThere();
    return DiskGallery.open(file(), Access.READ);
  }

  /**
   * The gallery to change; the caller closes it.
   *
   * @throws GalleryException if there is none, it is damaged, or another process changes it
   */
  DiskGallery openToWrite() {
    requireThere();
    return DiskGallery.open(file(), Access.WRITE);
  }

  /**
   * The gallery to change, made if it is missing; the caller closes it.
   *
   * @param models how the model was chosen
   * @param twin the model whose embeddings it holds or will hold
   * @throws GalleryException if it is damaged, of another model, or another process changes it
   */
  DiskGallery openOrCreate(ModelOption models, Twin twin) {
    DiskGallery gallery = DiskGallery.openOrCreate(file(), ModelStamp.of(twin));
    try {
      models.requireFits(gallery, twin);
      return gallery;
    } catch (GalleryException e) {
      gallery.close();
      throw e;
    }
  }

  /** Refuses a gallery that is not there, with the nearest that is. */
  void requireThere() {
    if (exists()) {
      return;
    }
    Path file = file();
    List<String> others = others(file);
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

  private static List<String> others(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(each -> String.valueOf(each.getFileName()))
          .filter(name -> name.endsWith(DiskGallery.ENDING))
          .sorted()
          .limit(10)
          .toList();
    } catch (IOException | UncheckedIOException unreadable) {
      return List.of(); // it was only for a better message
    }
  }
}
