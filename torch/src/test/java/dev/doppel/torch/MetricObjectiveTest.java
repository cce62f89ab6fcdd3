package dev.doppel.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.TrainingException;
import dev.doppel.loss.LossCatalogue;
import dev.doppel.option.Settings;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MetricObjectiveTest {

  private static final int DIM = 6;
  private static final int CLASSES = 5;

  static List<String> losses() {
    return LossCatalogue.losses().stream().map(LossCatalogue.Entry::name).toList();
  }

  /** Every row's gradient lands on its row, whichever way the loss takes rows apart. */
  @ParameterizedTest
  @MethodSource("losses")
  void theGradientIsThatOfTheValue(String loss) {
    // What is semi-hard changes with the embeddings, and the mean with it: that jumps.
    LossChoice choice = LossChoice.of(loss).withMiner(loss.equals("triplet") ? "all" : null);
    MetricOptions options = (MetricOptions) choice.on(Presets.named("everyday")).objective();
    int perClass = Math.max(2, options.sampling().perClass());
    float[] rows = rows(CLASSES * perClass);
    Batch.Classes targets = classes(perClass);
    try (MetricObjective objective = new MetricObjective(options, CLASSES, DIM, Seed.of(2))) {
      float[] gradient = objective.loss(rows, targets).gradient();
      float step = 2e-3f;
      double sum = 0;
      double error = 0;
      for (int i = 0; i < rows.length; i++) {
        double up = at(objective, rows, i, step, targets);
        double down = at(objective, rows, i, -step, targets);
        double slope = (up - down) / (2 * step);
        sum += slope * slope;
        error += (slope - gradient[i]) * (slope - gradient[i]);
      }
      // Hinges and miners have kinks, which a difference may step over.
      assertThat(Math.sqrt(error)).isLessThan(0.08 * Math.sqrt(sum) + 1e-4);
      assertThat(sum).isPositive();
    }
  }

  private static double at(
      MetricObjective objective, float[] rows, int index, float step, Batch.Classes targets) {
    float[] moved = rows.clone();
    moved[index] += step;
    return objective.loss(moved, targets).value();
  }

  @Test
  void embeddingsAreLaidOnTheSphereThatWasAskedFor() {
    MetricOptions options =
        (MetricOptions)
            Settings.with(
                    LossChoice.of("prototypical").on(Presets.named("everyday")),
                    "objective.radius",
                    "3")
                .objective();
    try (PointerScope scope = new PointerScope();
        MetricObjective objective = new MetricObjective(options, CLASSES, DIM, Seed.of(2))) {
      Tensor laid = objective.measured(FloatTensors.of(rows(4), 4, DIM));
      float[] values = FloatTensors.toArray(laid);
      for (int row = 0; row < 4; row++) {
        double length = 0;
        for (int k = 0; k < DIM; k++) {
          length += values[row * DIM + k] * values[row * DIM + k];
        }
        assertThat(Math.sqrt(length)).isCloseTo(3, Offset.offset(1e-5));
      }
    }
  }

  @Test
  void aLossThatStaysWhereAllEmbeddingsAreTheSameIsCalledCollapsed() {
    MetricOptions options =
        (MetricOptions)
            Settings.with(
                    LossChoice.of("nt-xent").on(Presets.named("everyday")),
                    "objective.patience",
                    "3")
                .objective();
    float[] same = new float[CLASSES * 2 * DIM];
    Arrays.fill(same, 0.5f);
    try (MetricObjective objective = new MetricObjective(options, CLASSES, DIM, Seed.of(2))) {
      objective.loss(same, classes(2));
      objective.loss(same, classes(2));
      assertThatThrownBy(() -> objective.loss(same, classes(2)))
          .isInstanceOf(TrainingException.class)
          .hasMessageContainingAll("nt-xent", "3 batches", "all embeddings are the same");
    }
  }

  @Test
  void embeddingsThatAreNoNumbersStopTheRunByName() {
    MetricOptions options =
        (MetricOptions) LossChoice.of("triplet").on(Presets.named("everyday")).objective();
    float[] rows = rows(CLASSES * 4);
    rows[7] = Float.NaN;
    try (MetricObjective objective = new MetricObjective(options, CLASSES, DIM, Seed.of(2))) {
      assertThatThrownBy(() -> objective.loss(rows, classes(4)))
          .isInstanceOf(TrainingException.class)
          .hasMessageContainingAll("triplet", "row 1", "NaN");
    }
  }

  @Test
  void batchesWithNothingToCompareAreCountedAndAnEpochOfThemEndsTheRun() {
    MetricOptions options =
        (MetricOptions) LossChoice.of("triplet").on(Presets.named("everyday")).objective();
    float[] apart = new float[CLASSES * 4 * DIM];
    for (int i = 0; i < CLASSES * 4; i++) {
      apart[i * DIM + i / 4] = 10; // each class on an axis of its own: nothing is semi-hard
    }
    try (MetricObjective objective = new MetricObjective(options, CLASSES, DIM, Seed.of(2))) {
      objective.loss(apart, classes(4));
      objective.loss(rows(CLASSES * 4), classes(4));
      assertThat(objective.endEpoch())
          .contains("1 of the epoch's 2 batches had nothing to compare");

      objective.loss(apart, classes(4));
      assertThatThrownBy(objective::endEpoch)
          .isInstanceOf(TrainingException.class)
          .hasMessageContainingAll("triplet", "semi-hard", "milder");
    }
  }

  private static Batch.Classes classes(int perClass) {
    long[] labels = new long[CLASSES * perClass];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i / perClass;
    }
    return new Batch.Classes(labels, Seed.of(4));
  }

  private static float[] rows(int count) {
    Draws draws = Seed.of(3).draws();
    float[] rows = new float[count * DIM];
    for (int i = 0; i < count; i++) {
      double length = 0;
      for (int k = 0; k < DIM; k++) {
        rows[i * DIM + k] = (float) draws.gaussian();
        length += rows[i * DIM + k] * rows[i * DIM + k];
      }
      for (int k = 0; k < DIM; k++) {
        rows[i * DIM + k] /= (float) Math.sqrt(length);
      }
    }
    return rows;
  }
}
