package dev.doppel.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.Property;
import dev.doppel.ToyAlphabets;
import dev.doppel.data.Dataset;
import dev.doppel.data.Sample;
import dev.doppel.error.OptionException;
import dev.doppel.random.Seed;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EpisodeSamplerTest {

  private static final Dataset DATA = ToyAlphabets.of(4, 6, 9, 20);

  private static List<Sample> supports(Trial trial) {
    return trial.support().stream().flatMap(List::stream).toList();
  }

  @Test
  void aTrialHasItsShapeAndNoImageTwice() {
    Property.holds(
        50,
        seed -> {
          Trial trial = new EpisodeSampler(DATA, EpisodeShape.within(5, 3), seed).trial(0);
          assertThat(trial.ways()).isEqualTo(5);
          assertThat(trial.support()).allSatisfy(way -> assertThat(way).hasSize(3));
          assertThat(supports(trial)).doesNotHaveDuplicates().doesNotContain(trial.query());
          assertThat(supports(trial)).extracting(Sample::group).containsOnly(trial.query().group());
          assertThat(trial.support().get(trial.answer()))
              .allMatch(shot -> shot.sameClass(trial.query()));
          assertThat(trial.support().stream().map(way -> way.get(0).className()))
              .doesNotHaveDuplicates();
        });
  }

  @Test
  void acrossAlphabetsTheyMix() {
    EpisodeSampler sampler = new EpisodeSampler(DATA, EpisodeShape.across(20, 1), Seed.of(1));

    assertThat(supports(sampler.trial(0)).stream().map(Sample::group).distinct().count())
        .isGreaterThan(1);
  }

  @Test
  void alphabetsAndPlacesAreUniform() {
    EpisodeSampler sampler = new EpisodeSampler(DATA, EpisodeShape.within(5, 1), Seed.of(1));
    List<Trial> trials = LongStream.range(0, 3000).mapToObj(sampler::trial).toList();

    Map<String, Long> groups =
        trials.stream()
            .collect(Collectors.groupingBy(t -> t.query().group(), Collectors.counting()));
    Map<Integer, Long> places =
        trials.stream().collect(Collectors.groupingBy(Trial::answer, Collectors.counting()));
    assertThat(groups).hasSize(3).allSatisfy((g, n) -> assertThat(n).isBetween(890L, 1110L));
    assertThat(places).hasSize(5).allSatisfy((p, n) -> assertThat(n).isBetween(510L, 690L));
  }

  @Test
  void otherHandsMeansThatTheQuerysDrawerAnswersNothing() {
    EpisodeShape shape = EpisodeShape.within(5, 3).byOtherHands();
    Property.holds(
        50,
        seed -> {
          Trial trial = new EpisodeSampler(DATA, shape, seed).trial(9);
          assertThat(supports(trial))
              .extracting(Sample::drawer)
              .doesNotContain(trial.query().drawer());
        });
  }

  @Test
  void smallAlphabetsAreRefusedByNameOrSkippedByName() {
    EpisodeShape shape = EpisodeShape.within(8, 1);

    assertThatThrownBy(() -> new EpisodeSampler(DATA, shape, Seed.of(1)))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("alphabet00 (6)");

    EpisodeSampler skipping = new EpisodeSampler(DATA, shape.skippingSmallGroups(), Seed.of(1));
    assertThat(skipping.skipped()).containsExactly("alphabet00 (6)");
    assertThat(LongStream.range(0, 200).mapToObj(skipping::trial))
        .noneMatch(trial -> trial.query().group().equals("alphabet00"));
  }

  @Test
  void moreShotsThanImagesAreRefused() {
    assertThatThrownBy(() -> new EpisodeSampler(DATA, EpisodeShape.across(5, 4), Seed.of(1)))
        .isInstanceOf(OptionException.class);
    assertThatThrownBy(() -> EpisodeShape.within(1, 1)).isInstanceOf(OptionException.class);
  }

  @Test
  void aTrialDependsOnItsAddressAlone() {
    EpisodeSampler sampler = new EpisodeSampler(DATA, EpisodeShape.within(5, 1), Seed.of(4));

    Trial late = sampler.trial(1000);
    assertThat(new EpisodeSampler(DATA, EpisodeShape.within(5, 1), Seed.of(4)).trial(1000))
        .isEqualTo(late);
    assertThat(sampler.trial(1001)).isNotEqualTo(late);
  }

  @Test
  void trialsThatShareASupportSetAskAboutNoImageTwice() {
    EpisodeSampler sampler = new EpisodeSampler(DATA, EpisodeShape.within(5, 1), Seed.of(4));
    int uneven = 0;
    for (int index = 0; index < 50; index++) {
      List<Trial> trials = sampler.trials(index, 10);
      assertThat(trials.stream().map(Trial::support).distinct()).hasSize(1);
      assertThat(trials.stream().map(trial -> trial.query().id()).distinct()).hasSize(10);
      long ofFirst = trials.stream().filter(trial -> trial.answer() == 0).count();
      uneven += ofFirst == 2 ? 0 : 1;
    }
    assertThat(uneven).isGreaterThan(20);
    assertThat(sampler.trials(7, 10)).isEqualTo(sampler.trials(7, 10));

    assertThatThrownBy(() -> sampler.trials(1, 1000))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("images beside it");
    EpisodeSampler apart =
        new EpisodeSampler(DATA, EpisodeShape.within(5, 1).byOtherHands(), Seed.of(4));
    assertThatThrownBy(() -> apart.trials(1, 2)).isInstanceOf(OptionException.class);
  }
}
