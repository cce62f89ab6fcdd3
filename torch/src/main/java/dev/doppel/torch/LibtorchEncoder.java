package dev.doppel.torch;

import dev.doppel.image.Preprocess;
import dev.doppel.model.Encoder;
import dev.doppel.network.Architecture;
import dev.doppel.network.Blueprint;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** The encoder in training, as it looks at validation images: in 32 bits, without learning. */
final class LibtorchEncoder implements Encoder {

  private final Architecture architecture;
  private final Map<String, Tensor> weights;
  private final Precision precision;
  private final Preprocess preprocess;
  private final int dim;

  LibtorchEncoder(
      Architecture architecture,
      Map<String, Tensor> weights,
      Precision precision,
      Preprocess preprocess) {
    this.architecture = architecture;
    this.weights = weights;
    this.precision = precision;
    this.preprocess = preprocess;
    this.dim = Blueprint.of(architecture).dim();
  }

  @Override
  public Preprocess preprocess() {
    return preprocess;
  }

  @Override
  public int dim() {
    return dim;
  }

  @Override
  public float[] embed(float[] planes, int count) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard frozen = new NoGradGuard()) {
      Tensor images =
          FloatTensors.of(
              planes, count, preprocess.channels(), preprocess.height(), preprocess.width());
      LibtorchOperators operators = new LibtorchOperators(weights, precision, false);
      return FloatTensors.toArray(architecture.apply(operators, precision.cast(images)));
    }
  }
}
