package dev.doppel.cli;

import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.data.omniglot.OmniglotDownload;
import java.nio.file.Path;
import java.util.Locale;

/** Downloads Omniglot, with a line of progress. */
final class Download {

  private static final long REDRAW_NANOS = 200_000_000L;

  private Download() {}

  /** Downloads what is not in the folder yet, checks it and reads it. */
  static Omniglot into(Path folder, Console console) {
    console.say("Downloading Omniglot (about 16 MB) to " + folder);
    long[] shown = {System.nanoTime()};
    try {
      return OmniglotDownload.fromHome()
          .fetch(
              folder,
              (file, bytes) -> {
                long now = System.nanoTime();
                if (console.terminal() && now - shown[0] >= REDRAW_NANOS) {
                  shown[0] = now;
                  console.overwrite(String.format(Locale.ROOT, "%s  %.1f MB", file, bytes / 1e6));
                }
              });
    } finally {
      console.endLine();
    }
  }
}
