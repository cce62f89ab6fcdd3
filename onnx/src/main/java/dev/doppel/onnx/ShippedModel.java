package dev.doppel.onnx;

import dev.doppel.error.ModelException;
import dev.doppel.error.NearestName;
import dev.doppel.model.Calibration;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Models that come with Doppel and are opened by name, such as {@code omniglot}.
 *
 * <p>They are in the jar {@code doppel-models}, which holds nothing else: without it on the class
 * path there are none. They are read from there, and never unpacked to the disk.
 */
public final class ShippedModel {

  private static final String FOLDER = "/META-INF/doppel/models/";

  private ShippedModel() {}

  /** The names, in order; empty without the jar. */
  public static List<String> names() {
    try (@Nullable InputStream in = ShippedModel.class.getResourceAsStream(FOLDER + "names")) {
      return in == null
          ? List.of()
          : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the jar with the shipped models cannot be read", e);
    }
  }

  /**
   * Opens a model with as many threads as there are processors.
   *
   * @throws ModelException if no model of this name is shipped, or the jar is damaged
   */
  public static OpenModel named(String name) {
    return named(name, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Opens a model.
   *
   * @param threads as in {@link ModelFile#open(Path, int)}
   * @throws ModelException if no model of this name is shipped, or the jar is damaged
   */
  public static OpenModel named(String name, int threads) {
    ModelFile.checkThreads(threads);
    return ModelFile.open(Path.of(name), bytes(name), threads);
  }

  /**
   * Writes a model to a file with another calibration; the one that is shipped stays as it is.
   *
   * @param out as in {@link ModelFile#recalibrate}
   * @throws ModelException if there is no such model, or the file cannot be written
   */
  public static void recalibrate(String name, Path out, Calibration calibration) {
    ModelFile.recalibrate(bytes(name), Path.of(name), out, calibration);
  }

  private static ModelBytes bytes(String name) {
    List<String> names = names();
    if (names.isEmpty()) {
      throw new ModelException(
          "There is no shipped model \"" + name + "\": no model is shipped",
          "Shipped models are in the jar doppel-models",
          "Add it to the class path, or name a model file");
    }
    if (!names.contains(name)) {
      String nearest = NearestName.of(name, names);
      throw new ModelException(
          "There is no shipped model \"" + name + "\", and no file of this name",
          "Shipped are " + String.join(", ", names),
          nearest == null
              ? "Take one of these, or name a model file"
              : "Did you mean " + nearest + "?");
    }
    Path shown = Path.of(name);
    try (@Nullable InputStream in =
        ShippedModel.class.getResourceAsStream(FOLDER + name + ".onnx")) {
      if (in == null) {
        throw new ModelException(
            "The shipped model " + name + " is listed but not there",
            "The jar doppel-models holds every model it lists",
            "Build it again");
      }
      return ModelBytes.read(shown, in);
    } catch (IOException e) {
      throw new UncheckedIOException("the jar with the shipped models cannot be read", e);
    }
  }
}
