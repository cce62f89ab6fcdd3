package dev.doppel.torch;

import dev.doppel.network.Architecture;
import dev.doppel.network.Blueprint;
import dev.doppel.network.Blueprint.Role;
import dev.doppel.network.Shape;
import dev.doppel.network.Weights;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Where the weights begin. */
public enum Initialisation {
  /** He et al. 2015: variance 2 / fan-in for weights, zero biases; starts to learn at once. */
  HE {
    @Override
    double mean(boolean bias) {
      return 0;
    }

    @Override
    double deviation(Shape shape, boolean bias) {
      return bias ? 0 : Math.sqrt(2.0 * shape.axis(0) / shape.size());
    }
  },
  /**
   * Koch et al. 2015, section 3.2: biases around 0.5, dense weights twenty times as wide as those
   * of convolutions. With 9,216 inputs the last layer starts saturated: expect a slow beginning.
   */
  KOCH {
    @Override
    double mean(boolean bias) {
      return bias ? 0.5 : 0;
    }

    @Override
    double deviation(Shape shape, boolean bias) {
      return bias || shape.axes().size() == 4 ? 1e-2 : 2e-1;
    }
  };

  /** Numbers drawn from one stream; blocks let several threads draw the same weight. */
  private static final int BLOCK = 1 << 16;

  abstract double mean(boolean bias);

  abstract double deviation(Shape shape, boolean bias);

  /** The first weights of an architecture; batch norms start as the identity. */
  public Weights weights(Architecture architecture, Seed seed) {
    Map<String, float[]> values = new LinkedHashMap<>();
    Blueprint blueprint = Blueprint.of(architecture);
    blueprint
        .roles()
        .forEach(
            (name, role) -> values.put(name, weight(blueprint.shape(name), role, seed.at(name))));
    return new Weights(values);
  }

  /** The first weights of Koch's head: {@code head.weight} [dim] and {@code head.bias} [1]. */
  Weights head(int dim, Seed seed) {
    Map<String, float[]> values = new LinkedHashMap<>();
    values.put("head.weight", weight(Shape.of(1, dim), Role.KERNEL, seed.at("head.weight")));
    values.put("head.bias", weight(Shape.of(1), Role.BIAS, seed.at("head.bias")));
    return new Weights(values);
  }

  /** The first values of one weight. */
  float[] weight(Shape shape, Role role, Seed seed) {
    float[] values = new float[shape.size()];
    if (role == Role.SCALE || role == Role.VARIANCE) {
      Arrays.fill(values, 1);
      return values;
    }
    if (role == Role.SHIFT || role == Role.MEAN) {
      return values;
    }
    boolean bias = role == Role.BIAS;
    double mean = mean(bias);
    double deviation = deviation(shape, bias);
    IntStream.rangeClosed(0, (values.length - 1) / BLOCK)
        .parallel()
        .forEach(
            block -> {
              Draws draws = seed.at(block).draws();
              int end = Math.min(values.length, (block + 1) * BLOCK);
              for (int i = block * BLOCK; i < end; i++) {
                values[i] = (float) (mean + deviation * draws.gaussian());
              }
            });
    return values;
  }
}
