package dev.doppel.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.OptionException;
import dev.doppel.loss.ContrastiveLoss;
import dev.doppel.loss.DistanceWeighted;
import dev.doppel.loss.LossCatalogue;
import dev.doppel.loss.TripletBand;
import dev.doppel.loss.TripletLoss;
import dev.doppel.option.Settings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LossChoiceTest {

  private static final TrainingPlan EVERYDAY = Presets.named("everyday");

  static List<String> losses() {
    return LossCatalogue.losses().stream().map(LossCatalogue.Entry::name).toList();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void everyLossHasAPlanThatItsSettingsTell(String loss) {
    TrainingPlan plan = LossChoice.of(loss).on(EVERYDAY);

    MetricOptions options = (MetricOptions) plan.objective();
    TrainingPlan again =
        Settings.with(
            LossChoice.of(loss).withMiner(options.miner()).on(EVERYDAY), Settings.of(plan));
    assertThat(again).isEqualTo(plan);
    assertThat(Settings.of(plan)).containsEntry("objective.loss", loss);
  }

  @Test
  void settingsGoToTheLossAndTheMiner() {
    MetricOptions options =
        options(
            "triplet",
            Map.of("margin", "0.4"),
            "distance-weighted",
            Map.of("furthest", "1.2"),
            null,
            Map.of(),
            new LossChoice.Shape(16, 4));

    TripletLoss loss = (TripletLoss) options.formula();
    assertThat(loss.margin()).isEqualTo(0.4);
    assertThat(loss.miner()).isEqualTo(new DistanceWeighted(0.5, 1.2));
    assertThat(options.sampling()).isEqualTo(Sampling.balanced(4));
  }

  @Test
  void semiHardIsWithinTheLosssOwnMarginUnlessSaidOtherwise() {
    MetricOptions follows = options("triplet", Map.of("margin", "0.4"), null, Map.of());
    MetricOptions said =
        options("triplet", Map.of("margin", "0.4"), "semi-hard", Map.of("high", "0.1"));

    assertThat(((TripletLoss) follows.formula()).miner()).isEqualTo(TripletBand.semiHard(0.4));
    assertThat(((TripletLoss) said.formula()).miner()).isEqualTo(TripletBand.semiHard(0.1));
  }

  @Test
  void whoGivesAShapeToALossWithARowAClassWantsBalancedBatches() {
    assertThat(
            options(
                    "proxy-anchor",
                    Map.of(),
                    null,
                    Map.of(),
                    null,
                    Map.of(),
                    new LossChoice.Shape(8, 2))
                .sampling())
        .isEqualTo(Sampling.balanced(2));
    assertThat(options("proxy-anchor", Map.of(), null, Map.of()).sampling())
        .isEqualTo(Sampling.shuffled());
  }

  @ParameterizedTest
  @CsvSource({
    "nt-xent, semi-hard, takes no miner",
    "arcface, hard, takes no miner",
    "contrastive, semi-hard, chooses triplets",
    "triplet, multi-similarity, chooses pairs",
    "triplet, semihard, Did you mean semi-hard?",
    "tripplet, hard, Did you mean triplet?"
  })
  void minersThatDoNotFitAreRefusedWithTheReason(String loss, String miner, String reason) {
    assertThatThrownBy(() -> options(loss, Map.of(), miner, Map.of()))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "nt-xent, similarity=euclidean, cosine",
    "nt-xent, distance=euclidean, There is no setting of the loss nt-xent",
    "contrastive, distance=squared_euclidean, squares it itself",
    "triplet, margin=-1, loss.margin is -1",
    "triplet, marginn=1, Did you mean margin?"
  })
  void settingsThatALossIsNotDefinedForAreRefused(String loss, String setting, String reason) {
    String[] parts = setting.split("=", 2);
    assertThatThrownBy(() -> options(loss, Map.of(parts[0], parts[1]), null, Map.of()))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "triplet, 16, 1, nothing of its own class",
    "prototypical, 16, 1, nothing of its own class",
    "n-pair, 16, 4, It takes two of each"
  })
  void batchesThatALossCannotLearnFromAreRefused(
      String loss, int classes, int images, String reason) {
    assertThatThrownBy(
            () ->
                options(
                    loss,
                    Map.of(),
                    null,
                    Map.of(),
                    null,
                    Map.of(),
                    new LossChoice.Shape(classes, images)))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void shuffledBatchesAreForLossesWithARowAClass() {
    assertThatThrownBy(
            () ->
                options(
                    "nt-xent", Map.of(), null, Map.of(), Sampling.Kind.SHUFFLED, Map.of(), null))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("may have one of each");
  }

  @Test
  void runsOfAGroupMustFillABatch() {
    assertThatThrownBy(
            () ->
                options(
                    "nt-xent",
                    Map.of(),
                    null,
                    Map.of(),
                    Sampling.Kind.GROUPS,
                    Map.of("together", "5"),
                    new LossChoice.Shape(16, 2)))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("a divisor of the 16 classes");
  }

  @ParameterizedTest
  @CsvSource({
    "proxy-anchor, one learned row a class",
    "lifted-structure, with each other too",
    "prototypical, with each other too"
  })
  void aMemoryIsForLossesOverAnchors(String loss, String reason) {
    LossChoice choice = new LossChoice(loss, Map.of(), null, Map.of(), null, Map.of(), null, 100);

    assertThatThrownBy(() -> choice.on(EVERYDAY))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void noLengthChangesACosine() {
    assertThatThrownBy(
            () -> Settings.with(LossChoice.of("nt-xent").on(EVERYDAY), "objective.radius", "2"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("compares by the cosine");
  }

  @Test
  void aLossIsNotChangedWithoutItsSettings() {
    TrainingPlan plan = LossChoice.of("nt-xent").on(EVERYDAY);

    assertThatThrownBy(() -> Settings.with(plan, "objective.loss", "triplet"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("--loss triplet");
  }

  @Test
  void kochsDescentKnowsNoRateForLearnedRowsOfClasses() {
    assertThatThrownBy(() -> LossChoice.of("arcface").on(Presets.named("koch-paper")))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("Koch's descent");
    assertThat(LossChoice.of("contrastive").on(Presets.named("koch-paper")).objective())
        .extracting(each -> ((MetricOptions) each).formula())
        .isInstanceOf(ContrastiveLoss.class);
  }

  private static MetricOptions options(
      String loss,
      Map<String, String> settings,
      @Nullable String miner,
      Map<String, String> mining) {
    return options(loss, settings, miner, mining, null, Map.of(), null);
  }

  private static MetricOptions options(
      String loss,
      Map<String, String> settings,
      @Nullable String miner,
      Map<String, String> mining,
      Sampling.@Nullable Kind sampler,
      Map<String, String> sampling,
      LossChoice.@Nullable Shape shape) {
    LossChoice choice =
        new LossChoice(loss, settings, miner, mining, sampler, sampling, shape, null);
    return (MetricOptions) choice.on(EVERYDAY).objective();
  }
}
