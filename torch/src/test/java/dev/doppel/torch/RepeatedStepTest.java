package dev.doppel.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.network.Blueprint;
import dev.doppel.network.KochNet;
import dev.doppel.option.Settings;
import org.junit.jupiter.api.Test;

class RepeatedStepTest {

  private static final TrainingPlan PLAN = Presets.named("fully-connected");

  @Test
  void bothTwinsInOnePassLearnWhatTwoPassesLearn() {
    try (RepeatedStep onePass = RepeatedStep.drawnPairs(PLAN, 8);
        RepeatedStep twoPasses = RepeatedStep.drawnPairsInTwoPasses(PLAN, 8)) {
      double first = onePass.take(1);
      assertThat(twoPasses.take(1)).isCloseTo(first, within(1e-5));
      for (int step = 1; step < 5; step++) {
        assertThat(twoPasses.take(1)).isCloseTo(onePass.take(1), within(1e-4));
      }
      assertThat(onePass.take(1)).isLessThan(first);
    }
  }

  @Test
  void oneDenseLayerAfterAnotherLearnsInBrainFloats() {
    TrainingPlan coarse = Settings.with(PLAN, "precision", "bfloat16");
    TrainingPlan exact = Settings.with(PLAN, "precision", "float32");
    try (RepeatedStep brainFloats = RepeatedStep.allPairs(coarse, 4, 2);
        RepeatedStep floats = RepeatedStep.allPairs(exact, 4, 2)) {
      double first = floats.take(1);
      assertThat(brainFloats.take(1)).isCloseTo(first, within(0.02));
      assertThat(brainFloats.take(1)).isLessThan(first);
    }
  }

  @Test
  void anAllPairStepAsksAboutEveryPairOnce() {
    Batch batch = InkBatches.allPairs(16, 4, 5);
    Batch.Pairs pairs = (Batch.Pairs) batch.targets();
    assertThat(batch.count()).isEqualTo(64);
    assertThat(pairs.same()).hasSize(64 * 63 / 2);
    double same = 0;
    for (float y : pairs.same()) {
      same += y;
    }
    assertThat(same).isEqualTo(16 * (4 * 3 / 2));
  }

  @Test
  void kochsNetCostsFiveAndAHalfBillionOperationsAnImage() {
    assertThat(6e-9 * Blueprint.of(new KochNet()).multiplyAdds()).isCloseTo(5.45, within(0.01));
  }

  @Test
  void theYardstickMultiplies() {
    try (SquareProduct exact = new SquareProduct(64, Precision.FLOAT32);
        SquareProduct coarse = new SquareProduct(64, Precision.BFLOAT16)) {
      assertThat(exact.operations()).isEqualTo(2 * 64 * 64 * 64);
      assertThat(coarse.take(1)).isCloseTo(exact.take(1), within(0.2));
      assertThat(exact.take(1)).isNotZero();
    }
  }
}
