package dev.doppel.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.augment.Distortion;
import dev.doppel.augment.KochDistortion;
import dev.doppel.error.OptionException;
import dev.doppel.network.Blueprint;
import dev.doppel.network.TinyNet;
import dev.doppel.option.Settings;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Batch norms that stop following their batches. */
class FrozenStatisticsTest {

  private static final int SIDE = 16;

  private static final TrainingPlan PLAN =
      new TrainingPlan(
          "tiny",
          new TinyNet(SIDE, 1, 4, List.of(6, 8), 8),
          Initialisation.HE,
          new CosineSoftmaxOptions(16, 0.1, 0, 1),
          new AdamWOptions(1e-2, 0, 0),
          true,
          Distortion.affine(KochDistortion.PAPER),
          8,
          2,
          1,
          0,
          0,
          20,
          0,
          false,
          Precision.FLOAT32,
          3,
          ViewOptions.ofInk(),
          0.5,
          0);

  private static final Blueprint BLUEPRINT = Blueprint.of(PLAN.architecture());

  @Test
  void statisticsStandStillFromThenOnWhileWeightsGoOnLearning() {
    try (Learner learner = new Learner(PLAN, 5, 1)) {
      Map<String, float[]> begin = learner.state();
      learner.step(batch(1), 0, 0.4);
      Map<String, float[]> followed = learner.state();
      learner.step(batch(2), 0, 0.5);
      learner.step(batch(3), 0, 0.9);
      Map<String, float[]> frozen = learner.state();

      int statistics = 0;
      for (String name : BLUEPRINT.weights().keySet()) {
        String key = "network/" + name;
        if (BLUEPRINT.learned(name)) {
          if (BLUEPRINT.roles().get(name) == Blueprint.Role.KERNEL) {
            assertThat(frozen.get(key)).as(name).isNotEqualTo(followed.get(key));
          }
        } else {
          statistics++;
          assertThat(followed.get(key)).as(name).isNotEqualTo(begin.get(key));
          assertThat(frozen.get(key)).as(name).isEqualTo(followed.get(key));
        }
      }
      assertThat(statistics).isGreaterThan(10);
    }
  }

  @Test
  void everyShardUsesTheStatisticsThatAreKept() {
    // Two shards with one batch's halves exchanged: the same gradients, only if norms are the same.
    Batch batch = batch(7);
    Batch exchanged = exchanged(batch);
    Map<String, float[]> one = afterFrozenStep(batch);
    Map<String, float[]> other = afterFrozenStep(exchanged);

    one.forEach((name, values) -> assertThat(other.get(name)).as(name).isEqualTo(values));
  }

  @Test
  void encodersWithoutBatchNormsHaveNothingToFreeze() {
    assertThatThrownBy(() -> Settings.with(Presets.named("koch"), "freezeStatistics", "0.5"))
        .isInstanceOf(OptionException.class)
        .hasMessageContainingAll("koch", "no batch norm");
    assertThatThrownBy(() -> Settings.with(PLAN, "freezeStatistics", "1.5"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("[0, 1]");
  }

  /** Weights after a batch that was followed and one that was not. */
  private static Map<String, float[]> afterFrozenStep(Batch batch) {
    try (Learner learner = new Learner(PLAN, 5, 1)) {
      learner.step(batch(1), 0, 0);
      learner.step(batch, 0, 0.5);
      return learner.state();
    }
  }

  private static Batch exchanged(Batch batch) {
    int half = batch.planes().length / 2;
    float[] planes = new float[2 * half];
    System.arraycopy(batch.planes(), half, planes, 0, half);
    System.arraycopy(batch.planes(), 0, planes, half, half);
    return new Batch(planes, 8, new Batch.Classes(new long[] {4, 0, 1, 2, 0, 1, 2, 3}, Seed.of(1)));
  }

  private static Batch batch(long seed) {
    Draws draws = Seed.of(seed).draws();
    float[] planes = new float[8 * SIDE * SIDE];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (float) draws.unit();
    }
    return new Batch(planes, 8, new Batch.Classes(new long[] {0, 1, 2, 3, 4, 0, 1, 2}, Seed.of(1)));
  }
}
