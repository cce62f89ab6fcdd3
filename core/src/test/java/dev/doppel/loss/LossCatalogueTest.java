package dev.doppel.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.OptionException;
import dev.doppel.option.Settings;
import dev.doppel.random.Seed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LossCatalogueTest {

  static List<LossCatalogue.Entry> losses() {
    return LossCatalogue.losses();
  }

  static List<LossCatalogue.Mining> miners() {
    return LossCatalogue.miners();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void everySettingOfALossCanBeReadBack(LossCatalogue.Entry entry) {
    Record loss = (Record) entry.loss();
    Map<String, String> settings = Settings.of(loss);
    assertThat(settings).isNotEmpty();
    settings.forEach(
        (name, value) -> assertThat(Settings.with(loss, name, value)).as(name).isEqualTo(loss));
  }

  @ParameterizedTest
  @MethodSource("miners")
  void everySettingOfAMinerCanBeReadBack(LossCatalogue.Mining mining) {
    Settings.of(mining.miner())
        .forEach(
            (name, value) ->
                assertThat(Settings.with(mining.miner(), name, value)).isEqualTo(mining.miner()));
    assertThat(mining.miner()).isInstanceOfAny(TripletMiner.class, PairMiner.class);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void everyBatchLossWorksWithItsUsualSettings(LossCatalogue.Entry entry) {
    if (!(entry.loss() instanceof BatchLoss loss)) {
      return;
    }
    BatchLoss there = entry.onUnitSphere() ? loss.onUnitSphere() : loss;
    LossResult result = there.of(RandomBatch.of(Seed.of(1), 16, 1, 4, 4, 4, 4).batch());
    assertThat(result.value()).isFinite();
    assertThat(result.counts().selected()).isPositive();
  }

  @Test
  void namesAreUniqueAndUnknownOnesAreRefusedWithTheNearest() {
    assertThat(LossCatalogue.losses().stream().map(LossCatalogue.Entry::name))
        .doesNotHaveDuplicates()
        .hasSize(19);
    assertThat(LossCatalogue.miners().stream().map(LossCatalogue.Mining::name))
        .doesNotHaveDuplicates();
    assertThat(LossCatalogue.loss("angular").loss()).isEqualTo(AngularLoss.withAlpha(45));
    assertThatThrownBy(() -> LossCatalogue.loss("arcfaec"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("Did you mean arcface?");
    assertThatThrownBy(() -> LossCatalogue.miner("batchhard"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("Did you mean batch-hard?");
  }

  @Test
  void aSettingOutOfRangeIsRefusedByName() {
    assertThatThrownBy(() -> Settings.with(TripletLoss.faceNet(), "margin", "-1"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("loss.margin is -1");
    assertThat(Settings.with(TripletLoss.faceNet(), "miner.high", "0.5").miner())
        .isEqualTo(TripletBand.semiHard(0.5));
  }
}
