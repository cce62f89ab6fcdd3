package dev.doppel.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.OptionException;
import dev.doppel.network.ResidualNet;
import dev.doppel.option.Settings;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class ShardsTest {

  private static final TrainingPlan PLAN = plan(2);

  private static TrainingPlan plan(int shards) {
    TrainingPlan everyday = Presets.named("everyday");
    return new TrainingPlan(
        everyday.preset(),
        new ResidualNet(16, 1, 4, 2, List.of(8, 8), 8),
        everyday.initialisation(),
        everyday.objective(),
        everyday.optimiser(),
        everyday.centred(),
        everyday.distortion(),
        8,
        shards,
        1,
        0,
        0.9,
        20,
        0,
        false,
        Precision.FLOAT32,
        3);
  }

  @Test
  void theNumbersDoNotDependOnHowManyCoresRunThem() {
    Map<String, float[]> alone = trained(PLAN, 1);
    Map<String, float[]> together = trained(PLAN, 2);

    together.forEach((name, values) -> assertThat(values).as(name).isEqualTo(alone.get(name)));
  }

  @Test
  void whenOneFailsAllAreOverBeforeItIsTold() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    AtomicBoolean over = new AtomicBoolean();
    try (PointerScope scope = new PointerScope();
        Shards shards = new Shards(2, 2, Map.of(), Map.of())) {
      tensors.put("large", FloatTensors.of(new float[2], 2));
      tensors.put("small", FloatTensors.of(new float[1], 1));
      assertThatThrownBy(
              () ->
                  shards.forEach(
                      tensors,
                      (name, tensor) -> {
                        if (name.equals("large")) {
                          throw new IllegalStateException("no memory, say");
                        }
                        LockSupport.parkNanos(50_000_000);
                        over.set(true);
                      }))
          .hasMessage("no memory, say");
      assertThat(over).isTrue();
    }
  }

  @Test
  void everyShardIsLearnedFrom() {
    // A batch of two equal halves: the mean of the halves' gradients is either's own.
    Batch half = batch(4);
    float[] planes = new float[2 * half.planes().length];
    System.arraycopy(half.planes(), 0, planes, 0, half.planes().length);
    System.arraycopy(half.planes(), 0, planes, half.planes().length, half.planes().length);
    long[] labels = {0, 1, 2, 3, 0, 1, 2, 3};
    Batch twice = new Batch(planes, 8, new Batch.Classes(labels, Seed.of(0)));
    try (Learner one = new Learner(plan(1), 5, 1);
        Learner two = new Learner(PLAN, 5, 2)) {
      double single = one.step(half, 0, 0.5);
      double both = two.step(twice, 0, 0.5);

      assertThat(both).isEqualTo(single);
      Map<String, float[]> expected = one.state();
      two.state().forEach((name, found) -> assertThat(found).isEqualTo(expected.get(name)));
    }
  }

  @Test
  void aLossOverTheWholeBatchDoesNotDependOnHowManyCoresRunIt() {
    TrainingPlan plan = LossChoice.of("supervised-contrastive").on(PLAN);
    Map<String, float[]> alone = trained(plan, 1);
    Map<String, float[]> together = trained(plan, 2);

    together.forEach((name, values) -> assertThat(values).as(name).isEqualTo(alone.get(name)));
  }

  @Test
  void aLossOverTheWholeBatchSeesAllOfItHoweverManyParts() {
    // A network without batch norms gives the same embeddings in parts as in one.
    TrainingPlan one =
        Settings.with(
            LossChoice.of("supervised-contrastive").on(Presets.named("fully-connected")),
            Map.of("batch", "8", "architecture.inputSide", "16", "averaging", "0"));
    TrainingPlan two = Settings.with(one, "shards", "2");
    try (Learner whole = new Learner(one, 5, 1);
        Learner parts = new Learner(two, 5, 2)) {
      double expected = whole.step(batch(8), 0, 0.5);
      assertThat(parts.step(batch(8), 0, 0.5)).isCloseTo(expected, Offset.offset(1e-4));
      // The optimiser's moments are the gradients, which steps of its length would hide.
      whole
          .state()
          .forEach(
              (name, values) -> {
                if (name.startsWith("optimiser/")) {
                  float[] found = parts.state().get(name);
                  float most = 0;
                  for (float each : values) {
                    most = Math.max(most, Math.abs(each));
                  }
                  assertThat(found)
                      .as(name)
                      .containsExactly(values, Offset.offset(1e-3f * most + 1e-12f));
                }
              });
    }
  }

  @Test
  void pairsAreNotTornApart() {
    assertThatThrownBy(() -> Settings.with(Presets.named("koch"), "shards", "2"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("pairs");
    assertThatThrownBy(() -> Settings.with(PLAN, "shards", "3"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("divisor");
  }

  private static Map<String, float[]> trained(TrainingPlan plan, int cores) {
    try (Learner learner = new Learner(plan, 5, cores)) {
      for (int i = 0; i < 5; i++) {
        learner.step(batch(8), 0, 0.5);
      }
      return learner.state();
    }
  }

  private static Batch batch(int images) {
    Draws draws = Seed.of(9).draws();
    float[] planes = new float[images * 16 * 16];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (float) draws.unit();
    }
    long[] labels = new long[images];
    for (int i = 0; i < images; i++) {
      labels[i] = i % 5;
    }
    return new Batch(planes, images, new Batch.Classes(labels, Seed.of(0)));
  }
}
