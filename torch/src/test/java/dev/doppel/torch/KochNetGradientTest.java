package dev.doppel.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.network.Blueprint;
import dev.doppel.network.KochNet;
import dev.doppel.network.Weights;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Koch's exact net, in double precision, against differences of its own loss. */
class KochNetGradientTest {

  private static final double STEP = 1e-6;

  @Test
  void gradientsAgreeWithFiniteDifferencesInEveryLayer() {
    KochNet koch = new KochNet();
    Weights initial = Initialisation.HE.weights(koch, Seed.of(3));
    Map<String, Tensor> weights = new LinkedHashMap<>();
    Blueprint.of(koch)
        .weights()
        .forEach(
            (name, shape) -> {
              Tensor tensor =
                  Tensor.create(initial.get(name), shape.dimensions())
                      .to(torch.ScalarType.Double)
                      .detach();
              tensor.set_requires_grad(true);
              tensor.retainReference();
              weights.put(name, tensor);
            });
    Tensor images = noise(2);
    try (PointerScope scope = new PointerScope()) {
      loss(weights, images).backward();
    }
    for (Map.Entry<String, Tensor> weight : weights.entrySet()) {
      try (PointerScope scope = new PointerScope();
          NoGradGuard frozen = new NoGradGuard()) {
        Tensor w = weight.getValue().detach();
        Tensor gradient = weight.getValue().grad();
        // Along the gradient the difference is largest; a little noise makes it no special case.
        Tensor noise = torch.randn(w.shape()).to(torch.ScalarType.Double);
        Tensor along = gradient.div(norm(gradient)).add(noise.div(norm(noise)));
        double expected = gradient.mul(along).sum().item_double();
        w.add_(along, new Scalar(STEP));
        double above = loss(weights, images).item_double();
        w.add_(along, new Scalar(-2 * STEP));
        double below = loss(weights, images).item_double();
        w.add_(along, new Scalar(STEP));

        double found = (above - below) / (2 * STEP);
        assertThat(Math.abs(found - expected))
            .as("%s: %s by differences, %s by the tape", weight.getKey(), found, expected)
            .isLessThan(1e-4 * Math.abs(expected) + 1e-8);
      }
    }
  }

  /** A loss that every layer feels: the weighted L1 distance of the two embeddings. */
  private static Tensor loss(Map<String, Tensor> weights, Tensor images) {
    LibtorchOperators operators = new LibtorchOperators(weights, Precision.FLOAT32, true);
    Tensor embeddings = new KochNet().apply(operators, images);
    List<Tensor> twins = List.of(embeddings.select(0, 0), embeddings.select(0, 1));
    return twins.get(0).sub(twins.get(1)).abs().sum();
  }

  private static Tensor norm(Tensor tensor) {
    return tensor.mul(tensor).sum().sqrt();
  }

  private static Tensor noise(int images) {
    float[] values = new float[images * 105 * 105];
    Draws draws = Seed.of(5).draws();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) draws.unit(); // on plain paper a ReLU would sit at its kink
    }
    Tensor tensor = Tensor.create(values, images, 1, 105, 105).to(torch.ScalarType.Double).detach();
    tensor.retainReference();
    return tensor;
  }
}
