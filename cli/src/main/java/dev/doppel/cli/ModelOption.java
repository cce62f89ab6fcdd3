package dev.doppel.cli;

import dev.doppel.error.GalleryException;
import dev.doppel.error.ModelException;
import dev.doppel.gallery.Gallery;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.model.Twin;
import dev.doppel.onnx.ModelFile;
import dev.doppel.onnx.OpenModel;
import dev.doppel.onnx.ShippedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The model a command recognises with: a file, or one that is shipped, by name. */
final class ModelOption {

  /** What is taken if it is there and nothing else is named. */
  private static final Path USUAL = Path.of("model.onnx");

  /** What is taken else. */
  private static final String SHIPPED = "omniglot";

  @Option(
      names = "--model",
      paramLabel = "FILE|NAME",
      description = {
        "The model file, or the name of a shipped model",
        "(default model.onnx if it is there, else omniglot)."
      })
  private @Nullable String model;

  private final Path usual;

  ModelOption() {
    this(USUAL);
  }

  /**
   * @param usual what is taken if it is there and nothing is named
   */
  ModelOption(Path usual) {
    this.usual = usual;
  }

  /** The model, with as many threads as there are processors; the caller closes it. */
  OpenModel open() {
    return open(Runtime.getRuntime().availableProcessors());
  }

  /** The model, with so many threads a call; the caller closes it. */
  OpenModel open(int threads) {
    if (model != null) {
      return open(model, threads);
    }
    return Files.exists(usual) ? ModelFile.open(usual, threads) : open(SHIPPED, threads);
  }

  /**
   * Refuses a gallery of another model; says so if the model was not named but found.
   *
   * @throws GalleryException if the gallery's embeddings are not this model's
   */
  void requireFits(Gallery gallery, Twin twin) {
    ModelStamp stamp = gallery.model();
    if (model == null && !stamp.fingerprint().equals(twin.fingerprint()) && Files.exists(usual)) {
      String known = stamp.name().replaceFirst("@.*", "");
      throw new GalleryException(
          "Gallery %s was embedded by %s, and %s was taken, as it lies in this folder"
              .formatted(gallery.name(), stamp.name(), usual.getFileName()),
          "Embeddings of different models cannot be compared",
          (isShipped(known) ? "Add --model " + known : "Name the file of its model by --model")
              + ", or move the gallery with `doppel gallery reembed`");
    }
    stamp.require(gallery.name(), ModelStamp.of(twin));
  }

  /**
   * A shipped model of this name, else the file; {@code ./omniglot} is always the file.
   *
   * @throws ModelException if it is neither
   */
  static OpenModel open(String given, int threads) {
    return isShipped(given) || (isName(given) && !Files.exists(Path.of(given)))
        ? ShippedModel.named(given, threads)
        : ModelFile.open(Path.of(given), threads);
  }

  /** Whether this names a shipped model, and so no file that could be changed. */
  static boolean isShipped(String given) {
    return ShippedModel.names().contains(given);
  }

  /** Whether a person cannot have meant a file. */
  private static boolean isName(String given) {
    return !given.isEmpty()
        && given.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-');
  }
}
