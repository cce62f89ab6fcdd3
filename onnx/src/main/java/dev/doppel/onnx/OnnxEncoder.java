package dev.doppel.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.doppel.error.ModelException;
import dev.doppel.image.Preprocess;
import dev.doppel.model.Encoder;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * An encoder that ONNX Runtime computes. Thread-safe: any number of threads may embed at once.
 *
 * <p>Each call uses the threads it was opened with; an image's embedding depends neither on them
 * nor on the images beside it beyond rounding.
 */
final class OnnxEncoder implements Encoder, AutoCloseable {

  /** Name of the input of the graphs that Doppel writes. */
  static final String INPUT = Wiring.OWN.input();

  /** Name of their output. */
  static final String OUTPUT = Wiring.OWN.output();

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Preprocess preprocess;
  private final Wiring wiring;
  private final int dim;

  /** Runs hold the read side: a session that closed under one would take the process down. */
  private final ReadWriteLock life = new ReentrantReadWriteLock();

  private boolean closed;

  private final InputBuffers buffers = new InputBuffers();

  /** Takes over a session. */
  OnnxEncoder(OrtSession session, Preprocess preprocess, Wiring wiring, int dim) {
    this.environment = environment();
    this.session = session;
    this.preprocess = preprocess;
    this.wiring = wiring;
    this.dim = dim;
  }

  /**
   * Starts a session on the bytes of a model that Doppel wrote, which it copies.
   *
   * @param file for messages
   */
  static OnnxEncoder of(Path file, ByteBuffer model, Metadata metadata, int threads) {
    @Nullable OrtSession session = null;
    try {
      session = session(model, threads);
      int dim = dim(file, session, metadata);
      OnnxEncoder encoder = new OnnxEncoder(session, metadata.preprocess(), Wiring.OWN, dim);
      session = null; // the encoder's now
      return encoder;
    } catch (OrtException e) {
      throw new ModelException(
          file + " is refused by ONNX Runtime: " + e.getMessage(),
          "A model file as doppel train writes it is expected",
          "Make it again with doppel train",
          e);
    } finally {
      close(session);
    }
  }

  /** Starts a session on a model's bytes. */
  static OrtSession session(ByteBuffer model, int threads) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1); // the graph is one chain
      // Threads that spin while they wait slow down every other, on a busy machine threefold.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      return environment().createSession(model, options);
    }
  }

  /** The one of this process. */
  static OrtEnvironment environment() {
    OrtEnvironment environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "doppel");
    try {
      environment.setTelemetry(false);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime keeps its telemetry: " + e.getMessage(), e);
    }
    return environment;
  }

  /** Length of the embedding, if graph and metadata belong together. */
  private static int dim(Path file, OrtSession session, Metadata metadata) throws OrtException {
    Preprocess planes = metadata.preprocess();
    long[] image = shape(session.getInputInfo(), INPUT);
    long[] embedding = shape(session.getOutputInfo(), OUTPUT);
    long[] expected = {-1, planes.channels(), planes.height(), planes.width()};
    if (!Arrays.equals(image, expected)
        || embedding.length != 2
        || embedding[0] != -1
        || embedding[1] < 1
        || !Fit.fits(metadata.head(), (int) embedding[1])) {
      throw new ModelException(
          "%s contradicts itself: its graph maps %s to %s, its metadata say %s and %s"
              .formatted(
                  file,
                  Arrays.toString(image),
                  Arrays.toString(embedding),
                  Arrays.toString(expected),
                  metadata.head()),
          "The graph must read what the preprocessing makes and give what the head compares",
          "Make it again with doppel train");
    }
    return (int) embedding[1];
  }

  /** The axes of a graph's only input or output, -1 for the batch; none if it is not as named. */
  private static long[] shape(Map<String, NodeInfo> nodes, String name) {
    NodeInfo node = nodes.get(name);
    return nodes.size() == 1
            && node != null
            && node.getInfo() instanceof TensorInfo tensor
            && tensor.type == OnnxJavaType.FLOAT
        ? tensor.getShape()
        : new long[0];
  }

  @Override
  public Preprocess preprocess() {
    return preprocess;
  }

  @Override
  public int dim() {
    return dim;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if the model was closed
   */
  @Override
  public float[] embed(float[] planes, int count) {
    int plane = preprocess.length();
    if (count < 0 || planes.length != (long) count * plane) {
      throw new IllegalArgumentException(
          planes.length + " values for " + count + " planes of " + plane);
    }
    float[] rows = new float[Math.multiplyExact(count, dim)];
    FloatBuffer input = buffers.take(wiring.length(Math.min(count, wiring.batch()), plane));
    life.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the model was closed");
      }
      for (int from = 0; from < count; from += wiring.batch()) {
        int size = Math.min(wiring.batch(), count - from);
        wiring.fill(
            input,
            planes,
            from * plane,
            size,
            preprocess.channels(),
            preprocess.height() * preprocess.width());
        run(input, size, rows, from * dim);
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
    } finally {
      life.readLock().unlock();
      buffers.giveBack(input);
    }
    return rows;
  }

  private void run(FloatBuffer input, int size, float[] rows, int offset) throws OrtException {
    long[] shape =
        wiring.shape(size, preprocess.channels(), preprocess.height(), preprocess.width());
    try (OnnxTensor image = OnnxTensor.createTensor(environment, input, shape);
        OrtSession.Result result =
            session.run(Map.of(wiring.input(), image), Set.of(wiring.output()))) {
      ((OnnxTensor) result.get(0)).getFloatBuffer().get(rows, offset, size * dim);
    }
  }

  @Override
  public void close() {
    life.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        close(session);
      }
    } finally {
      life.writeLock().unlock();
    }
  }

  /** Closes a session, if there is one. */
  static void close(@Nullable OrtSession session) {
    if (session != null) {
      try {
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime could not close: " + e.getMessage(), e);
      }
    }
  }
}
