package dev.doppel.onnx;

import dev.doppel.error.OptionException;
import dev.doppel.image.Preprocess;
import dev.doppel.model.Calibration;
import dev.doppel.model.Head;
import dev.doppel.model.Provenance;
import dev.doppel.network.Architecture;
import dev.doppel.network.Blueprint;
import dev.doppel.network.Weights;
import java.nio.file.Path;
import java.util.Map;

/**
 * The model file: one ONNX file with the encoder as its graph and all the rest of a twin in its
 * metadata, so that a model cannot be used with the wrong preprocessing, head or threshold.
 *
 * <p>The graph reads {@code image}, {@code [batch, channels, height, width]} floats, and gives
 * {@code embedding}, {@code [batch, dim]}; any ONNX runtime can run it. The metadata are JSON texts
 * under {@code doppel.}: {@code format} (2; 1 had a simpler calibration and is read as well),
 * {@code architecture}, {@code preprocess}, {@code head} (weights as base64 of little-endian
 * floats), {@code calibration}, {@code provenance}, {@code fingerprint} (see {@link Fingerprint})
 * and, last in the file, {@code sha256} of all bytes before it (see {@link Seal}). Nothing here
 * needs libtorch; reading needs no protobuf library either.
 *
 * <p>A model that another program wrote opens too, if a JSON file of its name beside it says how
 * images reach it; without one the error shows how such a file begins.
 */
public final class ModelFile {

  private ModelFile() {}

  /**
   * Writes a model file: beside its place first, forced to the disk, then renamed over, so that
   * there is a whole file or none (or the former one).
   *
   * @param weights every weight of the architecture's blueprint, all finite
   * @param preprocess its planes are what the architecture reads
   * @return the model's fingerprint, 64 hex digits
   * @throws dev.doppel.error.ModelException if a number is not finite, the graph exceeds ONNX's 2
   *     GB, or the file cannot be written
   * @throws IllegalArgumentException if the parts do not fit each other
   */
  public static String write(
      Path file,
      Architecture architecture,
      Weights weights,
      Preprocess preprocess,
      Head head,
      Calibration calibration,
      Provenance provenance) {
    Blueprint blueprint = Blueprint.of(architecture);
    Fit.check(blueprint, weights, preprocess, head, provenance);
    Fit.checkNumbers(file, blueprint, weights, preprocess, head);
    String fingerprint = Fingerprint.of(blueprint, weights, preprocess, head);
    Metadata metadata =
        new Metadata(architecture.name(), preprocess, head, calibration, provenance, fingerprint);
    Replacement.write(
        file,
        out -> Seal.write(out, body -> ModelProtos.write(blueprint, weights, metadata, body)));
    return fingerprint;
  }

  /**
   * Writes a model file anew with another calibration: its graph and all else stay to the byte, and
   * so does its fingerprint. A model that another program wrote stays as it is; its description
   * takes the calibration.
   *
   * @param file the model as it is
   * @param out where the new one goes, in the same careful way as {@link #write}; may be {@code
   *     file}
   * @throws dev.doppel.error.ModelException if the file cannot be opened, or the new one not
   *     written
   */
  public static void recalibrate(Path file, Path out, Calibration calibration) {
    ModelBytes bytes = ModelBytes.read(file);
    if (bytes.foreign()) {
      if (!file.equals(out)) {
        throw new OptionException(
            "%s of another program, to be calibrated as %s".formatted(file, out),
            "Its calibration is kept in its description, " + ModelDescription.beside(file),
            "Leave the other file out, or copy both first");
      }
      ModelDescription.calibrate(ModelDescription.beside(file), calibration);
      return;
    }
    recalibrate(bytes, file, out, calibration);
  }

  /** The same of a model that was read already, and is Doppel's own. */
  static void recalibrate(ModelBytes bytes, Path file, Path out, Calibration calibration) {
    Metadata.read(file, bytes.properties()); // refuses what it would not understand
    Map<String, String> changed =
        Map.of(
            Metadata.FORMAT_KEY,
            Json.write(Metadata.FORMAT),
            Metadata.CALIBRATION,
            CalibrationJson.write(calibration));
    Replacement.write(out, to -> Seal.write(to, body -> bytes.copy(changed, body)));
  }

  /**
   * Opens a model file with as many threads as there are processors.
   *
   * @throws dev.doppel.error.ModelException if it is missing, damaged, of a newer format, or
   *     another program's and not described
   */
  public static OpenModel open(Path file) {
    return open(file, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Opens a model file.
   *
   * @param threads that one call of the encoder uses, at least 1; the numbers do not depend on it
   * @throws dev.doppel.error.ModelException if it is missing, damaged, of a newer format, or
   *     another program's and not described
   */
  public static OpenModel open(Path file, int threads) {
    checkThreads(threads);
    return open(file, ModelBytes.read(file), threads);
  }

  static void checkThreads(int threads) {
    if (threads < 1) {
      throw new OptionException(
          "Threads: " + threads, "At least 1 is needed", "Leave it out to use all processors");
    }
  }

  /** Opens what was read. */
  static OpenModel open(Path file, ModelBytes bytes, int threads) {
    if (bytes.foreign()) {
      return ForeignModel.open(file, bytes.buffer(), bytes.producer(), threads);
    }
    Metadata metadata = Metadata.read(file, bytes.properties());
    return new OpenModel(file, metadata, OnnxEncoder.of(file, bytes.buffer(), metadata, threads));
  }
}
