package dev.doppel.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.network.Conv;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

  private static LibtorchOperators operators(Map<String, Tensor> weights, Precision precision) {
    return new LibtorchOperators(weights, precision, false);
  }
}
