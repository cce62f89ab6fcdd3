package dev.doppel.torch;

import dev.doppel.image.Preprocess;
import dev.doppel.model.Encoder;
import dev.doppel.network.Architecture;
import dev.doppel.network.Weights;

/**
 * An encoder as training looks through it at validation images, in 32 bits: what ONNX Runtime is
 * measured against.
 */
public final class LibtorchForward implements Encoder, AutoCloseable {

  private final Network network;
  private final LibtorchEncoder encoder;
  private final int threads;

  /**
   * @param threads that libtorch uses
   */
  public LibtorchForward(Architecture architecture, Weights weights, int threads) {
    this.network = new Network(architecture, weights);
    this.encoder =
        new LibtorchEncoder(
            architecture,
            network.tensors(),
            Precision.FLOAT32,
            Preprocess.ink(architecture.inputSide()));
    this.threads = threads;
  }

  @Override
  public Preprocess preprocess() {
    return encoder.preprocess();
  }

  @Override
  public int dim() {
    return encoder.dim();
  }

  @Override
  public float[] embed(float[] planes, int count) {
    LibtorchThreads.use(threads);
    return encoder.embed(planes, count);
  }

  @Override
  public void close() {
    network.close();
  }
}
