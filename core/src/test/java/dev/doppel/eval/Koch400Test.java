package dev.doppel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.ToyAlphabets;
import dev.doppel.data.Dataset;
import dev.doppel.data.Sample;
import dev.doppel.episode.Trial;
import dev.doppel.error.OptionException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class Koch400Test {

  private static final Dataset TEN = ToyAlphabets.of(4, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29);

  @Test
  void tenAlphabetsTwiceMakeFourHundredTrialsOfTwentyWays() {
    List<Trial> trials = Koch400.standard(TEN, 1, 1).questions().trials();

    Map<String, Long> alphabets =
        trials.stream()
            .collect(Collectors.groupingBy(t -> t.query().group(), Collectors.counting()));
    assertThat(trials).hasSize(400).allSatisfy(t -> assertThat(t.ways()).isEqualTo(20));
    assertThat(alphabets).hasSize(10).allSatisfy((name, n) -> assertThat(n).isEqualTo(40));
  }

  @Test
  void eachRoundSetsOneDrawerAgainstAnother() {
    List<Trial> trials = Koch400.standard(TEN, 1, 1).questions().trials();
    for (int round = 0; round < 20; round++) {
      List<Trial> twenty = trials.subList(round * 20, round * 20 + 20);
      List<Integer> asking = twenty.stream().map(t -> t.query().drawer()).distinct().toList();
      List<Integer> answering =
          twenty.stream()
              .flatMap(t -> t.support().stream())
              .map(way -> way.get(0).drawer())
              .distinct()
              .toList();
      assertThat(asking).hasSize(1).isNotEqualTo(answering);
      assertThat(answering).hasSize(1);
      assertThat(twenty.stream().map(t -> t.query().className()).distinct()).hasSize(20);
    }
  }

  @Test
  void theRightAnswerStandsAnywhere() {
    Map<Integer, Long> places =
        Koch400.standard(TEN, 10, 1).questions().trials().stream()
            .collect(Collectors.groupingBy(Trial::answer, Collectors.counting()));

    assertThat(places).hasSize(20).allSatisfy((p, n) -> assertThat(n).isBetween(140L, 260L));
  }

  @Test
  void answeringAlwaysTheFirstEarnsChance() {
    List<Trial> trials = Koch400.standard(TEN, 10, 1).questions().trials();
    double first = trials.stream().filter(t -> t.answer() == 0).count() / 4000.0;

    assertThat(first).isCloseTo(0.05, within(0.015));
  }

  @Test
  void manyDrawsGiveTheMeanAndAnHonestInterval() {
    Score one = Koch400.standard(TEN, 1, 1).run(ToyMatcher.random(2)).score();
    Evaluation many = Koch400.standard(TEN, 20, 1).run(ToyMatcher.random(2));

    assertThat(one.protocol()).isEqualTo("koch400");
    assertThat(one.interval()).isEqualTo(Interval.wilson(one.accuracy() * 400, 400));
    assertThat(many.score().trials()).isEqualTo(8000);
    assertThat(many.score().accuracy()).isCloseTo(0.05, within(0.012));
    assertThat(many.score().interval().low()).isLessThan(many.score().accuracy());
    assertThat(many.score().interval().high()).isGreaterThan(many.score().accuracy());
    assertThat(many.outcomes()).hasSize(400); // of the first draw
  }

  @Test
  void drawsThatAgreeLeaveRoomForDoubtStill() {
    Score all = Koch400.standard(TEN, 5, 1).run(ToyMatcher.oracle()).score();

    assertThat(all.accuracy()).isEqualTo(1);
    assertThat(all.interval().low()).isLessThan(1);
  }

  @Test
  void theFirstDrawDoesNotDependOnHowManyFollow() {
    assertThat(Koch400.standard(TEN, 3, 9).questions().trials().subList(0, 400))
        .isEqualTo(Koch400.standard(TEN, 1, 9).questions().trials());
  }

  @Test
  void smallAlphabetsAndLoneDrawersAreRefused() {
    assertThatThrownBy(() -> Koch400.standard(ToyAlphabets.of(4, 20, 19), 1, 1))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("alphabet01 (19)");
    assertThatThrownBy(() -> Koch400.standard(ToyAlphabets.of(1, 20), 1, 1).questions())
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("1 drawers in common");
  }

  @Test
  void anotherNumberOfTrialsHasAnotherName() {
    Koch400 validation = new Koch400(TEN, 16, 2, 1, 1);

    assertThat(validation.name()).isEqualTo("koch320");
    assertThat(validation.questions().trials()).hasSize(320);
    assertThat(validation.questions().trials().get(0).support().get(0))
        .extracting(Sample::group)
        .containsExactly("alphabet00");
  }
}
