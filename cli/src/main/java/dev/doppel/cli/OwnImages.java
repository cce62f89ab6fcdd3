package dev.doppel.cli;

import dev.doppel.data.Dataset;
import dev.doppel.data.folder.ImageFolder;
import dev.doppel.model.Provenance;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A folder of class folders to ask a model about, with a word if the model has learned from it. */
final class OwnImages {

  private OwnImages() {}

  /**
   * All images of a folder.
   *
   * @param side pixels that are looked at, to keep images no larger than twice that
   * @param origin where the model comes from; null for what learned nothing
   */
  static Dataset read(Path folder, int side, @Nullable Provenance origin, Console console) {
    ImageFolder read = ImageFolder.read(folder, side, false);
    if (origin != null && origin.dataFingerprint().equals(read.fingerprint())) {
      console.say(
          "The model learned from images of this very folder: what comes of it flatters. Take"
              + " images that it never saw.");
    }
    return read.data();
  }
}
