package dev.doppel.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.network.Architecture;
import dev.doppel.network.Blueprint;
import dev.doppel.network.Weights;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Holds an encoder's gradients, in double precision, against differences of its own loss. */
final class GradientCheck {

  private static final double STEP = 1e-6;

  /** Of a difference over two steps, in parts of the loss: what gradients of zero look like. */
  private static final double ROUNDING = 1e-8;

  private GradientCheck() {}

  /**
   * Checks every weight that is learned.
   *
   * @param images images of the batch
   * @param training whether batch norms follow the batch
   */
  static void of(Architecture architecture, int images, boolean training) {
    Blueprint blueprint = Blueprint.of(architecture);
    Map<String, Tensor> weights = weights(blueprint);
    Tensor planes = noise(architecture, images);
    try (PointerScope scope = new PointerScope()) {
      loss(architecture, weights, planes, training).backward();
    }
    for (Map.Entry<String, Tensor> weight : weights.entrySet()) {
      if (!blueprint.learned(weight.getKey())) {
        continue;
      }
      try (PointerScope scope = new PointerScope();
          NoGradGuard frozen = new NoGradGuard()) {
        Tensor w = weight.getValue().detach();
        Tensor gradient = weight.getValue().grad();
        // Along the gradient the difference is largest; a little noise makes it no special case.
        Tensor noise = torch.randn(w.shape()).to(torch.ScalarType.Double);
        Tensor direction = gradient.div(norm(gradient).clamp_min(new Scalar(1e-12)));
        Tensor along = direction.add(noise.div(norm(noise)));
        double expected = gradient.mul(along).sum().item_double();
        w.add_(along, new Scalar(STEP));
        double above = loss(architecture, weights, planes, training).item_double();
        w.add_(along, new Scalar(-2 * STEP));
        double below = loss(architecture, weights, planes, training).item_double();
        w.add_(along, new Scalar(STEP));

        double found = (above - below) / (2 * STEP);
        assertThat(Math.abs(found - expected))
            .as("%s: %s by differences, %s by the tape", weight.getKey(), found, expected)
            .isLessThan(1e-4 * Math.abs(expected) + ROUNDING * Math.max(1, above));
      }
    }
  }

  private static Map<String, Tensor> weights(Blueprint blueprint) {
    Weights initial = Initialisation.HE.weights(blueprint.architecture(), Seed.of(3));
    Map<String, Tensor> weights = new LinkedHashMap<>();
    blueprint
        .weights()
        .forEach(
            (name, shape) -> {
              Tensor tensor =
                  Tensor.create(initial.get(name), shape.dimensions())
                      .to(torch.ScalarType.Double)
                      .detach();
              tensor.set_requires_grad(blueprint.learned(name));
              tensor.retainReference();
              weights.put(name, tensor);
            });
    return weights;
  }

  /** A loss that every layer feels: the L1 distances of the first embedding to the others. */
  private static Tensor loss(
      Architecture architecture, Map<String, Tensor> weights, Tensor images, boolean training) {
    LibtorchOperators operators = new LibtorchOperators(weights, Precision.FLOAT32, training);
    Tensor embeddings = architecture.apply(operators, images);
    return embeddings.sub(embeddings.select(0, 0).unsqueeze(0)).abs().sum();
  }

  private static Tensor norm(Tensor tensor) {
    return tensor.mul(tensor).sum().sqrt();
  }

  private static Tensor noise(Architecture architecture, int images) {
    int side = architecture.inputSide();
    int channels = architecture.inputChannels();
    float[] values = new float[images * channels * side * side];
    Draws draws = Seed.of(5).draws();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) draws.unit(); // on plain paper a ReLU would sit at its kink
    }
    Tensor tensor =
        Tensor.create(values, images, channels, side, side).to(torch.ScalarType.Double).detach();
    tensor.retainReference();
    return tensor;
  }
}
