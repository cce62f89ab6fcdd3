package dev.doppel.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Gradients in double precision against differences of the loss itself. */
final class DoubleCheck {

  private static final double STEP = 1e-6;

  private DoubleCheck() {}

  /** Copies in double precision that learn. */
  static Map<String, Tensor> doubles(Map<String, Tensor> parameters) {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    parameters.forEach(
        (name, tensor) -> {
          Tensor copy = tensor.detach().to(torch.ScalarType.Double).detach();
          copy.set_requires_grad(true);
          copies.put(name, copy);
        });
    return copies;
  }

  /** Noise, {@code [axes]}. */
  static Tensor noise(long seed, double scale, long... axes) {
    int count = 1;
    for (long axis : axes) {
      count *= (int) axis;
    }
    float[] values = new float[count];
    Draws draws = Seed.of(seed).draws();
    for (int i = 0; i < count; i++) {
      values[i] = (float) (scale * draws.gaussian());
    }
    return FloatTensors.of(values, axes).to(torch.ScalarType.Double);
  }

  /** Classes in turn, each {@code each} times, {@code [ways · each, ways]}. */
  static Tensor classes(int ways, int each) {
    int[] labels = new int[ways * each];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i / each;
    }
    return TrainedHead.oneHot(labels, ways).to(torch.ScalarType.Double);
  }

  /**
   * Compares the gradient of each parameter with the difference along a direction.
   *
   * @return the largest share by which one of them is off
   */
  static double furthestOff(Map<String, Tensor> parameters, Supplier<Tensor> loss) {
    try (PointerScope scope = new PointerScope()) {
      loss.get().backward();
    }
    double furthest = 0;
    long seed = 40;
    for (Map.Entry<String, Tensor> parameter : parameters.entrySet()) {
      try (PointerScope scope = new PointerScope()) {
        Tensor w = parameter.getValue().detach();
        Tensor gradient = parameter.getValue().grad();
        Tensor noise = noise(seed++, 1, w.shape());
        Tensor along = noise.div(noise.mul(noise).sum().sqrt());
        double size = gradient.mul(gradient).sum().sqrt().item_double();
        if (size > 0) {
          along = along.add(gradient.div(new Scalar(size)));
        }
        double expected = gradient.mul(along).sum().item_double();
        w.add_(along, new Scalar(STEP));
        double above = loss.get().item_double();
        w.add_(along, new Scalar(-2 * STEP));
        double below = loss.get().item_double();
        w.add_(along, new Scalar(STEP));
        double found = (above - below) / (2 * STEP);
        double off = Math.abs(found - expected) / Math.max(Math.abs(found), 1e-3);
        furthest = Math.max(furthest, off);
      }
    }
    assertThat(parameters).isNotEmpty();
    return furthest;
  }
}
