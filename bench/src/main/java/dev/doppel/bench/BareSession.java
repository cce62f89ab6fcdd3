package dev.doppel.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** ONNX Runtime by itself on tensors that are ready: what a server around it is measured by. */
final class BareSession implements AutoCloseable {

  private static final String INPUT = "image";

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  /**
   * @param threads of a run; empty for ONNX Runtime's own choice
   * @param spinning whether they spin while they wait, as they do by default
   */
  BareSession(Path model, Optional<Integer> threads, boolean spinning) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      if (threads.isPresent()) {
        options.setIntraOpNumThreads(threads.get());
      }
      if (!spinning) {
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
      }
      session = environment.createSession(model.toString(), options);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A tensor of planes outside the heap. */
  OnnxTensor tensor(float[] planes, long... shape) {
    FloatBuffer direct =
        ByteBuffer.allocateDirect(4 * planes.length)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer()
            .put(planes)
            .flip();
    try {
      return OnnxTensor.createTensor(environment, direct, shape);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs the network once. */
  void run(OnnxTensor planes) {
    try (OrtSession.Result result = session.run(Map.of(INPUT, planes))) {
      if (result.size() != 1) {
        throw new IllegalStateException(result.size() + " outputs");
      }
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
