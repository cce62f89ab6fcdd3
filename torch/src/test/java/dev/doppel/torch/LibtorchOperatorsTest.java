package dev.doppel.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.network.Conv;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Operators on numbers that can be worked out by hand. */
class LibtorchOperatorsTest {

  @Test
  void attentionMixesValuesByTheSoftmaxOverKeys() {
    try (PointerScope scope = new PointerScope()) {
      // Two channels, positions a and b: the query of a is (ln 2, 0), that of b (0, 0).
      Tensor query = Tensor.create(new float[] {(float) Math.log(2), 0, 0, 0}, 1, 2, 1, 2);
      Tensor key = Tensor.create(new float[] {2, 0, 5, 7}, 1, 2, 1, 2);
      Tensor value = Tensor.create(new float[] {1, 6, 10, 20}, 1, 2, 1, 2);

      Tensor mixed = operators(Map.of(), Precision.FLOAT32).attention(query, key, value, 0.5);

      // a: scores ln 2 and 0, shares 2/3 and 1/3; b: halves.
      float[] expected = {8f / 3, 3.5f, 40f / 3, 15};
      assertThat(FloatTensors.toArray(mixed)).containsExactly(expected, within(1e-5f));
      assertThat(mixed.shape()).containsExactly(1, 2, 1, 2);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16"})
  void embeddingsAreInThirtyTwoBitsWhateverCameBefore(Precision precision) {
    try (PointerScope scope = new PointerScope()) {
      Tensor rows = precision.cast(Tensor.create(new float[] {3, 4}, 1, 2));

      Tensor unit = operators(Map.of(), precision).unitLength(rows);

      assertThat(FloatTensors.toArray(unit))
          .containsExactly(new float[] {0.6f, 0.8f}, within(1e-6f));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16"})
  void channelsAreScaledEachByItsOwnFactor(Precision precision) {
    try (PointerScope scope = new PointerScope()) {
      Tensor planes = precision.cast(Tensor.create(new float[] {1, 2, 3, 4}, 1, 2, 1, 2));
      Tensor factors = Tensor.create(new float[] {10, 0.5f}, 1, 2);

      Tensor scaled = operators(Map.of(), precision).scale(planes, factors);

      assertThat(scaled.scalar_type().intern()).isEqualTo(planes.scalar_type().intern());
      Tensor wide = scaled.to(torch.ScalarType.Float);
      assertThat(FloatTensors.toArray(wide)).containsExactly(10, 20, 1.5f, 2);
    }
  }

  @Test
  void aDepthwiseWindowSeesItsOwnChannelOnly() {
    try (PointerScope scope = new PointerScope()) {
      Tensor weight = Tensor.create(new float[] {1, 2, 3, 4, 100, 0, 0, 0}, 2, 1, 2, 2);
      Tensor planes = Tensor.create(new float[] {1, 1, 1, 1, 2, 9, 9, 9}, 1, 2, 2, 2);

      Tensor out =
          operators(Map.of("w.weight", weight), Precision.FLOAT32)
              .conv("w", planes, Conv.depthwise(2, 2));

      assertThat(FloatTensors.toArray(out)).containsExactly(10, 200);
    }
  }

  /** Channels in and out, window, stride, groups and side, as the encoders have them. */
  @ParameterizedTest
  @CsvSource({
    "1, 24, 3, 1, 1, 40", // the residual net's first, a register and a half
    "24, 48, 3, 2, 1, 40",
    "24, 48, 1, 2, 1, 40",
    "48, 48, 3, 1, 1, 20",
    "48, 96, 3, 2, 1, 20",
    "96, 192, 3, 2, 1, 10",
    "1, 16, 5, 2, 1, 40", // the tiny net's
    "16, 16, 3, 1, 16, 20",
    "16, 32, 1, 1, 1, 20",
    "32, 32, 3, 2, 32, 20",
    "3, 24, 3, 1, 1, 64", // of colour pictures
    "1, 8, 5, 1, 1, 28"
  })
  void brainFloatsGiveTheSameProductsAndGradientsButForRounding(
      int in, int out, int window, int stride, int groups, int side) {
    Conv conv = new Conv(out, window, window, stride, window / 2, groups, false);
    Draws draws = Seed.of(5).at(in).at(out).draws();
    float[] planes = normal(draws, 16 * in * side * side);
    float[] weights = normal(draws, out * in / groups * window * window);
    try (PointerScope scope = new PointerScope()) {
      List<float[]> exact = product(conv, in, side, planes, weights, Precision.FLOAT32);
      List<float[]> brain = product(conv, in, side, planes, weights, Precision.BFLOAT16);
      for (int i = 0; i < exact.size(); i++) {
        assertThat(distance(brain.get(i), exact.get(i))).isLessThan(0.02);
      }
    }
  }

  /** The product, and the gradients of half its square by planes and weights. */
  private static List<float[]> product(
      Conv conv, int in, int side, float[] planes, float[] weights, Precision precision) {
    Tensor x = FloatTensors.of(planes, 16, in, side, side);
    Tensor w =
        FloatTensors.of(weights, conv.filters(), in / conv.groups(), conv.height(), conv.width());
    boolean first = in <= 3; // pictures get no gradient, and oneDNN's of one channel is not right
    x.set_requires_grad(!first);
    w.set_requires_grad(true);
    Tensor found =
        operators(Map.of("w.weight", w), precision)
            .conv("w", precision.cast(x), conv)
            .to(torch.ScalarType.Float);
    found.mul(found).sum().backward();
    return Stream.of(found, first ? found : x.grad(), w.grad()).map(FloatTensors::toArray).toList();
  }

  private static float[] normal(Draws draws, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) draws.gaussian();
    }
    return values;
  }

  /** As a share of the length of what was expected. */
  private static double distance(float[] found, float[] expected) {
    double apart = 0;
    double length = 0;
    for (int i = 0; i < expected.length; i++) {
      apart += Math.pow((double) found[i] - expected[i], 2);
      length += Math.pow(expected[i], 2);
    }
    return Math.sqrt(apart / length);
  }

  private static LibtorchOperators operators(Map<String, Tensor> weights, Precision precision) {
    return new LibtorchOperators(weights, precision, false);
  }
}
