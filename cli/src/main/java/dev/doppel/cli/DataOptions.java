package dev.doppel.cli;

import dev.doppel.data.folder.ImageFolder;
import dev.doppel.data.glyph.SyntheticOmniglot;
import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.data.omniglot.OmniglotSource;
import dev.doppel.error.DataException;
import dev.doppel.error.OptionException;
import dev.doppel.random.Seed;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which images are used. */
final class DataOptions {

  /** Always the same drawings, as a data set would be. */
  private static final long SYNTHETIC_SEED = 1;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "The folder of Omniglot; train, evaluate and calibrate also take one of your own with a"
            + " folder for each class.",
        "Default: DOPPEL_DATA, data/, ../shared/data or the user's cache, whichever has Omniglot"
            + " first; else it is downloaded."
      })
  private @Nullable Path folder;

  @Option(
      names = "--synthetic",
      description = "Use characters that a program draws. Their figures are marked so.")
  private boolean synthetic;

  /** Whether any images were asked for by name. */
  boolean given() {
    return folder != null || synthetic;
  }

  /** Whether a program draws the characters. */
  boolean synthetic() {
    return synthetic;
  }

  /**
   * The folder that was named, if it has class folders; null if it has Omniglot, or none was named.
   *
   * @throws DataException if it has neither
   */
  @Nullable Path classFolder() {
    return folder == null ? null : classFolder(folder);
  }

  /** The same of any folder. */
  static @Nullable Path classFolder(Path folder) {
    if (OmniglotSource.has(folder)) {
      return null;
    }
    DataException refusal = ImageFolder.refusal(folder).orElse(null);
    if (refusal != null) {
      throw new DataException(
          refusal.given(),
          "--data names Omniglot's folder, or one of your own with a folder for each class:"
              + " cats/tom.jpg, cats/kitty.png, dogs/rex.jpg",
          OmniglotSource.near(folder)
              .map(near -> "Did you mean " + near + "?")
              .orElse(refusal.next()),
          refusal);
    }
    return folder;
  }

  /**
   * All images.
   *
   * @throws DataException if they are nowhere and cannot be downloaded, or are damaged
   */
  Omniglot read(Console console) {
    return read(console, OmniglotSource::read);
  }

  /** The images protocols ask about, as {@link OmniglotSource#readWithoutBackground} has them. */
  Omniglot readForProtocols(Console console) {
    return read(console, OmniglotSource::readWithoutBackground);
  }

  private Omniglot read(Console console, Function<OmniglotSource, OmniglotSource.Found> reading) {
    if (folder != null && synthetic) {
      throw new OptionException(
          "Both --data and --synthetic", "Images are read or drawn", "Leave one out");
    }
    if (synthetic) {
      console.say(
          "SYNTHETIC DATA: a program draws the characters. No figure is about handwriting.");
      return SyntheticOmniglot.generate(Seed.of(SYNTHETIC_SEED));
    }
    if (classFolder() != null) { // who can use one has asked before
      throw new OptionException(
          "--data " + folder + " is a folder of class folders",
          "This command asks about the alphabets of Omniglot",
          "Name Omniglot's folder, or train, evaluate and calibrate on your own");
    }
    OmniglotSource source = OmniglotSource.here(folder);
    if (!source.isSomewhere()) {
      return download(console);
    }
    OmniglotSource.Found found = reading.apply(source);
    found.passedOver().forEach(damaged -> console.say("Passed over: " + damaged + "."));
    return found.omniglot();
  }

  private static Omniglot download(Console console) {
    try {
      return Download.into(OmniglotSource.cache(), console);
    } catch (DataException failed) {
      throw new DataException(
          "Omniglot is on none of its usual places, and could not be downloaded: " + failed.given(),
          "Doppel learns from its 32,460 handwritten characters, or from ones that a program draws",
          "Name its folder with --data, try `doppel data fetch` later, or say --synthetic to see"
              + " everything work on drawn ones",
          failed);
    }
  }
}
