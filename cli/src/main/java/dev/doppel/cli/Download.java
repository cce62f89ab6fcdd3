package dev.doppel.cli;

import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.data.omniglot.OmniglotDownload;
import java.nio.file.Path;
import java.util.Locale;

/** Downloads Omniglot, with a line of progress. */
final class Download {

  private Download() {}

  /** Downloads what is not in the folder yet, checks it and reads it. */
  static Omniglot into(Path folder, Console console) {
    console.say("Downloading Omniglot (about 16 MB) to " + folder);
    try (Progress progress = Progress.prompt(console, "downloading")) {
      return OmniglotDownload.fromHome()
          .fetch(
              folder,
              (file, bytes) ->
                  progress.show(String.format(Locale.ROOT, "%s  %.1f MB", file, bytes / 1e6)));
    }
  }
}
