package dev.doppel.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.network.Shape;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.junit.jupiter.api.Test;

class AdamWTest {

  @Test
  void itMovesWeightsAsLibtorchsOwnDoes() {
    float[] start = {0.5f, -1f, 2f, 0.01f};
    Tensor ours = FloatTensors.keep(start, Shape.of(4));
    Tensor theirs = FloatTensors.keep(start, Shape.of(4));
    ours.set_requires_grad(true);
    theirs.set_requires_grad(true);
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    parameters.put("w", ours);
    double rate = 0.01;
    AdamWOptions reference = new AdamWOptions(rate);
    reference.weight_decay().put(0.1);
    org.bytedeco.pytorch.AdamW libtorch =
        new org.bytedeco.pytorch.AdamW(new TensorVector(theirs), reference);
    Draws draws = Seed.of(7).draws();
    try (AdamW adam =
        new AdamW(
            new dev.doppel.torch.AdamWOptions(rate, 0.1, 0),
            parameters,
            name -> true,
            EachTensor.IN_TURN)) {
      for (int step = 0; step < 20; step++) {
        try (PointerScope scope = new PointerScope()) {
          float[] slope = new float[4];
          for (int i = 0; i < 4; i++) {
            slope[i] = (float) draws.gaussian();
          }
          Tensor direction = FloatTensors.of(slope, 4);
          ours.mul(direction).sum().backward();
          theirs.mul(direction).sum().backward();
          adam.step(0, 0); // progress 0 without warm-up: the highest rate
          libtorch.step();
          libtorch.zero_grad();
        }
      }
      float[] found = FloatTensors.toArray(ours);
      float[] wanted = FloatTensors.toArray(theirs);
      for (int i = 0; i < 4; i++) {
        assertThat(found[i]).isCloseTo(wanted[i], within(1e-5f)).isNotEqualTo(start[i]);
      }
    }
  }

  @Test
  void theRateRisesThenFallsAsACosine() {
    Map<String, Tensor> none = Map.of();
    try (AdamW adam =
        new AdamW(
            new dev.doppel.torch.AdamWOptions(1, 0, 0.2), none, n -> true, EachTensor.IN_TURN)) {
      assertThat(adam.factor(0.1)).isEqualTo(0.5);
      assertThat(adam.factor(0.2)).isEqualTo(1);
      assertThat(adam.factor(0.6)).isCloseTo(0.5, within(1e-12));
      assertThat(adam.factor(1)).isZero();
    }
  }
}
