package dev.doppel.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.doppel.error.ModelException;
import dev.doppel.image.Preprocess;
import dev.doppel.model.Provenance;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model that another program wrote, opened by what its {@link ModelDescription} says.
 *
 * <p>Nothing but the graph is run: operators are ONNX Runtime's own, tensors must lie in the file,
 * and no library is ever loaded. It is tried on blank images when it is opened, so that one that
 * does not fit is refused then and there.
 */
final class ForeignModel {

  /** What stands for an architecture that is not known here. */
  private static final String ARCHITECTURE = "foreign";

  private ForeignModel() {}

  /**
   * Opens a model.
   *
   * @param producer the program that wrote it, as it says itself
   */
  static OpenModel open(Path file, ByteBuffer model, String producer, int threads) {
    refuseExternalData(file, model);
    Path beside = ModelDescription.beside(file);
    ModelDescription said = ModelDescription.read(beside);
    @Nullable OrtSession session = null;
    try {
      session = OnnxEncoder.session(model, threads);
      ForeignGraph graph = ForeignGraph.of(file, beside, session);
      if (said == null) {
        throw graph.undescribed();
      }
      Wiring wiring = graph.wiring(said);
      int dim = dim(graph, session, wiring, said.preprocess());
      if (!wiring.fixed() && !takesSeveral(session, wiring, said.preprocess(), dim)) {
        wiring = wiring.inRunsOf(1, true);
      }
      String fingerprint = fingerprint(model, said.canonical(wiring));
      Metadata metadata =
          new Metadata(
              ARCHITECTURE,
              said.preprocess(),
              said.head(),
              said.calibration(),
              provenance(producer),
              fingerprint);
      OpenModel open =
          new OpenModel(file, metadata, new OnnxEncoder(session, said.preprocess(), wiring, dim));
      session = null; // the encoder's now
      return open;
    } catch (OrtException e) {
      throw new ModelException(
          file + " is refused by ONNX Runtime: " + e.getMessage(),
          "Operators of ONNX and ONNX Runtime are run; no other code is loaded",
          "Export it again with standard operators only",
          e);
    } finally {
      OnnxEncoder.close(session);
    }
  }

  private static void refuseExternalData(Path file, ByteBuffer model) {
    String tensor;
    try {
      tensor = ExternalData.of(model);
    } catch (IllegalArgumentException e) {
      throw new ModelException(
          file + " is no ONNX model, or a damaged one: " + e.getMessage(),
          "An ONNX model is expected",
          "Copy the file again",
          e);
    }
    if (tensor != null) {
      throw new ModelException(
          file + " keeps tensors in other files, such as \"" + tensor + "\"",
          "A model is one file here, so that its fingerprint stands for all of it",
          "Join it: onnx.save(onnx.load(\"model.onnx\"), \"joined.onnx\") in Python");
    }
  }

  /** Runs one blank image (or one fixed batch of them). */
  private static int dim(
      ForeignGraph graph, OrtSession session, Wiring wiring, Preprocess preprocess)
      throws OrtException {
    int images = wiring.fixed() ? wiring.batch() : 1;
    long[] axes = run(session, wiring, preprocess, images);
    return graph.dim(wiring, images, axes);
  }

  /** Whether a graph that leaves its batch open can be given more than one image at once. */
  private static boolean takesSeveral(
      OrtSession session, Wiring wiring, Preprocess preprocess, int dim) {
    try {
      long[] axes = run(session, wiring, preprocess, 2);
      return axes.length >= 2 && axes[0] == 2 && axes[1] == dim;
    } catch (OrtException e) {
      return false; // many exporters leave the batch open and then count on one
    }
  }

  /** The axes of what a run of blank images gives. */
  private static long[] run(OrtSession session, Wiring wiring, Preprocess preprocess, int images)
      throws OrtException {
    int plane = preprocess.length();
    int area = preprocess.width() * preprocess.height();
    FloatBuffer input = new InputBuffers().take(wiring.length(images, plane));
    wiring.fill(input, new float[images * plane], 0, images, preprocess.channels(), area);
    long[] shape =
        wiring.shape(images, preprocess.channels(), preprocess.height(), preprocess.width());
    try (OrtSession.RunOptions options = new OrtSession.RunOptions();
        OnnxTensor tensor = OnnxTensor.createTensor(OnnxEncoder.environment(), input, shape);
        OrtSession.Result result =
            run(session, options, Map.of(wiring.input(), tensor), wiring.output())) {
      return ((TensorInfo) result.get(0).getInfo()).getShape();
    }
  }

  /** Runs without a word on standard error: what fails is told by the exception. */
  private static OrtSession.Result run(
      OrtSession session,
      OrtSession.RunOptions options,
      Map<String, OnnxTensor> inputs,
      String output)
      throws OrtException {
    options.setLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    return session.run(inputs, Set.of(output), options);
  }

  /** Over all that makes the scores: the file's bytes and what is said of it. */
  private static String fingerprint(ByteBuffer model, String canonical) {
    MessageDigest sha256 = Fingerprint.sha256();
    sha256.update(model.slice(0, model.limit()));
    sha256.update(canonical.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static Provenance provenance(String producer) {
    return new Provenance(
        ARCHITECTURE,
        "unknown",
        "unknown",
        false,
        0,
        Map.of(),
        producer.isEmpty() ? Map.of() : Map.of("producer", producer),
        Map.of());
  }
}
