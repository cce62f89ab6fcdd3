package dev.doppel.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.ToyAlphabets;
import dev.doppel.augment.Distortion;
import dev.doppel.augment.KochDistortion;
import dev.doppel.data.Dataset;
import dev.doppel.error.ModelException;
import dev.doppel.error.TrainingException;
import dev.doppel.network.FullyConnectedNet;
import dev.doppel.network.ResidualNet;
import dev.doppel.option.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainerTest {

  private static final Dataset DATA = ToyAlphabets.of(6, 5, 7);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path folder;

  static Stream<TrainingPlan> plans() {
    return Stream.of(
        softmax(1e-3),
        freezing(softmax(1e-3)),
        allPairs(),
        drawnPairs(),
        remembering(),
        metric("proxy-anchor"),
        freezing(metric("nt-xent")),
        episodes());
  }

  private static TrainingPlan freezing(TrainingPlan plan) {
    return Settings.with(plan, "freezeStatistics", "0.4");
  }

  /** Draws its triplets, and compares with earlier batches. */
  private static TrainingPlan remembering() {
    LossChoice choice =
        new LossChoice(
            "triplet",
            Map.of("margin", "0.5"),
            "distance-weighted",
            Map.of("furthest", "1.9"),
            Sampling.Kind.GROUPS,
            Map.of("together", "2"),
            new LossChoice.Shape(4, 2),
            12);
    return choice.on(softmax(1e-3));
  }

  private static TrainingPlan episodes() {
    return metric("prototypical");
  }

  private static TrainingPlan metric(String loss) {
    return LossChoice.of(loss).on(softmax(1e-3));
  }

  private static TrainingPlan plan(
      String preset,
      dev.doppel.network.Architecture architecture,
      ObjectiveOptions objective,
      OptimiserOptions optimiser,
      double averaging,
      boolean restoreBest) {
    return new TrainingPlan(
        preset,
        architecture,
        Initialisation.HE,
        objective,
        optimiser,
        true,
        Distortion.affine(KochDistortion.PAPER),
        8,
        objective instanceof CosineSoftmaxOptions ? 2 : 1,
        6,
        24,
        averaging,
        20,
        0,
        restoreBest,
        Precision.FLOAT32,
        11);
  }

  private static TrainingPlan softmax(double rate) {
    return plan(
        "everyday",
        new ResidualNet(16, 1, 4, 2, List.of(8, 8), 8),
        new CosineSoftmaxOptions(16, 0.2, 0, 4),
        new AdamWOptions(rate, 0.01, 0.1),
        0.9,
        false);
  }

  private static TrainingPlan allPairs() {
    return plan(
        "koch",
        new FullyConnectedNet(15, 24),
        new KochVerificationOptions(1, 0, true, 2, List.of(1e-4)),
        new AdamWOptions(1e-3, 0, 0),
        0,
        true);
  }

  private static TrainingPlan drawnPairs() {
    return plan(
        "koch-paper",
        new FullyConnectedNet(15, 24),
        new KochVerificationOptions(60, 8, false, 2, List.of(1e-4)),
        new KochSgdOptions(List.of(0.01, 0.02, 0.03), List.of(0.9), 4, 0.99),
        0,
        true);
  }

  @ParameterizedTest
  @MethodSource("plans")
  void sixEpochsAreThreeAndThreeMoreToTheLastBit(TrainingPlan plan) {
    Trained whole = trainer(plan, null, new TrainingListener() {}).start();

    StopAfter stop = new StopAfter(3, 0);
    Trainer first = trainer(plan, folder.resolve("run"), stop);
    stop.trainer = first;
    assertThat(first.start().complete()).isFalse();
    Trained resumed = trainer(plan, folder.resolve("run"), new TrainingListener() {}).resume();

    assertSameBits(resumed, whole);
  }

  @ParameterizedTest
  @MethodSource("plans")
  void aRunStoppedInTheMiddleOfAnEpochGoesOnBitForBit(TrainingPlan plan) {
    Trained whole = trainer(plan, null, new TrainingListener() {}).start();

    StopAfter stop = new StopAfter(2, 2);
    Trainer first = trainer(plan, folder.resolve("run"), stop);
    stop.trainer = first;
    assertThat(first.start().complete()).isFalse();
    Trained resumed = trainer(plan, folder.resolve("run"), new TrainingListener() {}).resume();

    assertSameBits(resumed, whole);
  }

  private static void assertSameBits(Trained resumed, Trained whole) {
    assertThat(resumed.complete()).isTrue();
    for (Map.Entry<String, float[]> weight : whole.weights().values().entrySet()) {
      assertThat(resumed.weights().get(weight.getKey()))
          .as(weight.getKey())
          .containsExactly(weight.getValue());
    }
    assertThat(resumed.head()).isEqualTo(whole.head());
    assertThat(resumed.history().epochs())
        .extracting(History.Epoch::loss, History.Epoch::validation, History.Epoch::images)
        .isEqualTo(
            whole.history().epochs().stream()
                .map(e -> org.assertj.core.groups.Tuple.tuple(e.loss(), e.validation(), e.images()))
                .toList());
  }

  @Test
  void theLossFalls() {
    TrainingPlan longer = Settings.with(softmax(3e-3), "imagesPerEpoch", "240");

    Trained trained = trainer(longer, null, new TrainingListener() {}).start();

    List<History.Epoch> epochs = trained.history().epochs();
    assertThat(epochs.get(5).loss()).isLessThan(0.9 * epochs.get(0).loss());
  }

  @Test
  void aLossThatIsNoNumberStopsTheRunWithBatchSeedAndRemedy() {
    assertThatThrownBy(() -> trainer(softmax(1e38), null, new TrainingListener() {}).start())
        .isInstanceOf(TrainingException.class)
        .hasMessageContainingAll("epoch 1", "batch", "seed 11", "Lower the rate");
  }

  @Test
  void aLossOverTheWholeBatchThatIsNoNumberStopsTheRunByNameBatchAndSeed() {
    TrainingPlan plan = Settings.with(metric("nt-xent"), "optimiser.rate", "1e38");

    assertThatThrownBy(() -> trainer(plan, null, new TrainingListener() {}).start())
        .isInstanceOf(TrainingException.class)
        .hasMessageContainingAll("nt-xent", "epoch 1", "batch", "seed 11");
  }

  @Test
  void theMemoryOfEarlierBatchesChangesWhatIsLearned() {
    TrainingPlan with = remembering();
    Trained remembered = trainer(with, null, new TrainingListener() {}).start();
    Trained forgot =
        trainer(Settings.with(with, "objective.memory", "0"), null, new TrainingListener() {})
            .start();

    assertThat(remembered.history().best()).isNotEqualTo(forgot.history().best());
  }

  @Test
  void thePlanOfARunWithAnyLossIsInItsCheckpoint() {
    StopAfter stop = new StopAfter(1, 0);
    Trainer first = trainer(remembering(), folder.resolve("run"), stop);
    stop.trainer = first;
    first.start();

    assertThat(Settings.of(Trainer.planOf(folder.resolve("run"))))
        .isEqualTo(Settings.of(remembering()));
  }

  @Test
  void aRunIsNotResumedWithOtherSettingsOrData() {
    StopAfter stop = new StopAfter(1, 0);
    Trainer first = trainer(softmax(1e-3), folder.resolve("run"), stop);
    stop.trainer = first;
    first.start();

    assertThatThrownBy(() -> trainer(softmax(2e-3), folder.resolve("run"), stop).resume())
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("optimiser.rate", "0.001", "0.002");
    assertThatThrownBy(
            () ->
                new Trainer(
                        softmax(1e-3), DATA, "other", m -> 0.5, null, folder.resolve("run"), stop)
                    .resume())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("data");
  }

  @Test
  void damagedCheckpointsAreRefusedByName() throws IOException {
    StopAfter stop = new StopAfter(1, 0);
    Path run = folder.resolve("run");
    Trainer first = trainer(softmax(1e-3), run, stop);
    stop.trainer = first;
    first.start();
    Trainer again = trainer(softmax(1e-3), run, stop);

    Path tensors = run.resolve("tensors.safetensors");
    byte[] whole = Files.readAllBytes(tensors);
    for (int length : new int[] {0, 4, 100, whole.length - 1}) {
      Files.write(tensors, java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(again::resume)
          .as("%d bytes", length)
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("damaged");
    }
    byte[] flipped = whole.clone();
    flipped[whole.length - 5] ^= 1;
    Files.write(tensors, flipped);
    assertThatThrownBy(again::resume).isInstanceOf(ModelException.class);
    Files.write(tensors, whole);
    Files.writeString(run.resolve("checkpoint.json"), "{");
    assertThatThrownBy(again::resume).isInstanceOf(ModelException.class);
    Files.delete(run.resolve("checkpoint.json"));
    assertThatThrownBy(again::resume)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("No checkpoint");
  }

  @Test
  void aBudgetEndsTheRunInTime() {
    Trained trained =
        new Trainer(
                softmax(1e-3),
                DATA,
                "toy",
                m -> 0.5,
                Duration.ofMillis(700),
                null,
                new TrainingListener() {})
            .start();

    assertThat(trained.complete()).isTrue();
    assertThat(trained.history().epochs()).isNotEmpty();
  }

  private static Trainer trainer(
      TrainingPlan plan,
      @org.jspecify.annotations.Nullable Path checkpoints,
      TrainingListener listener) {
    return new Trainer(
        plan,
        DATA,
        "toy",
        matcher -> matcher.name().hashCode() % 7 / 10.0,
        null,
        checkpoints,
        listener);
  }

  /** Asks its trainer to stop so many epochs and steps into the run. */
  private static final class StopAfter implements TrainingListener {
    private final int epochs;
    private final int steps;
    @org.jspecify.annotations.Nullable Trainer trainer;

    StopAfter(int epochs, int steps) {
      this.epochs = epochs;
      this.steps = steps;
    }

    @Override
    public void onStep(Step step) {
      if (step.epoch() == epochs + 1 && step.step() == steps) {
        java.util.Objects.requireNonNull(trainer).stop();
      }
    }

    @Override
    public void onEpoch(History.Epoch epoch) {
      if (epoch.epoch() == epochs && steps == 0) {
        java.util.Objects.requireNonNull(trainer).stop();
      }
    }
  }
}
