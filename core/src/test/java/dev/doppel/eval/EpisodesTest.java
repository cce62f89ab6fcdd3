package dev.doppel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.ToyAlphabets;
import dev.doppel.data.Dataset;
import dev.doppel.episode.EpisodeShape;
import dev.doppel.error.ModelException;
import dev.doppel.error.OptionException;
import dev.doppel.image.Image;
import java.util.Comparator;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

class EpisodesTest {

  private static final Dataset DATA = ToyAlphabets.of(4, 20, 25, 30);
  private static final Episodes EPISODES = new Episodes(DATA, EpisodeShape.within(20, 1), 2000, 7);

  @Test
  void whoKnowsTheClassesIsAlwaysRight() {
    Evaluation found = EPISODES.run(ToyMatcher.oracle());

    assertThat(found.score().accuracy()).isEqualTo(1);
    assertThat(found.score().interval()).isEqualTo(Interval.wilson(2000, 2000));
    assertThat(found.score().trials()).isEqualTo(2000);
    assertThat(found.score().seed()).isEqualTo(7);
    assertThat(found.score().protocol()).isEqualTo("episodes 20-way 1-shot within");
    assertThat(found.score().model()).isEqualTo("oracle");
    assertThat(found.score().synthetic()).isTrue();
    assertThat(found.outcomes()).hasSize(2000).allMatch(Outcome::right);
  }

  @Test
  void guessingScoresOneInTwenty() {
    assertThat(EPISODES.run(ToyMatcher.random(1)).score().accuracy()).isCloseTo(0.05, within(0.02));
  }

  @Test
  void everyImageIsLookedAtOnce() {
    ToyMatcher oracle = ToyMatcher.oracle();
    EPISODES.run(oracle);

    assertThat(oracle.looks()).hasValue(1);
    assertThat(oracle.shown()).hasValue(75 * 4);
  }

  @Test
  void oneScoreForAllIsRefusedByName() {
    assertThatThrownBy(() -> EPISODES.run(ToyMatcher.of("flat", (a, b) -> 0.5)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("flat");
  }

  @Test
  void aScoreOfTheQueryAloneIsRefused() {
    assertThatThrownBy(() -> EPISODES.run(ToyMatcher.of("deaf", (query, b) -> query.hashCode())))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("deaf");
  }

  @Test
  void aScoreThatIsNoNumberIsRefused() {
    assertThatThrownBy(
            () ->
                EPISODES.run(
                    ToyMatcher.of(
                        "broken", (a, b) -> a.hashCode() % 7 == 0 ? Double.NaN : a.hashCode())))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("broken");
  }

  /** Tells one image from all others, which score a zero of either sign. */
  @Test
  void negativeZeroTiesWithZero() {
    Image odd = DATA.samples().findFirst().orElseThrow().image();
    ToyMatcher signs =
        ToyMatcher.of("signs", (a, b) -> b.equals(odd) ? -1 : b.hashCode() % 2 == 0 ? 0.0 : -0.0);

    assertThat(EPISODES.run(signs).score().accuracy()).isCloseTo(0.05, within(0.001));
  }

  @Test
  void theSeedDecidesTheQuestions() {
    assertThat(EPISODES.questions())
        .isEqualTo(new Episodes(DATA, EpisodeShape.within(20, 1), 2000, 7).questions());
    assertThat(EPISODES.questions().csv())
        .isNotEqualTo(new Episodes(DATA, EpisodeShape.within(20, 1), 2000, 8).questions().csv());
    assertThat(EPISODES.run(ToyMatcher.random(3)).score())
        .isEqualTo(EPISODES.run(ToyMatcher.random(3)).score());
  }

  @Test
  void whatTheDataCannotSupplyIsRefusedAtOnce() {
    assertThatThrownBy(() -> new Episodes(DATA, EpisodeShape.within(21, 1), 10, 1))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("alphabet00 (20)");
    assertThatThrownBy(() -> new Episodes(DATA, EpisodeShape.within(5, 1), 0, 1))
        .isInstanceOf(OptionException.class);
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    ForkJoinPool alone = new ForkJoinPool(1);
    try {
      Evaluation one = alone.submit(() -> EPISODES.run(ToyMatcher.random(5))).join();

      assertThat(one).isEqualTo(EPISODES.run(ToyMatcher.random(5)));
    } finally {
      alone.shutdown();
    }
  }

  @Test
  void mistakesComeWorstFirst() {
    Evaluation found = EPISODES.run(ToyMatcher.random(5));

    assertThat(found.mistakes())
        .isSortedAccordingTo(Comparator.comparingDouble(Outcome::margin))
        .noneMatch(Outcome::right)
        .hasSize(2000 - (int) Math.round(2000 * found.score().accuracy()));
  }

  @Test
  void queriesThatShareASupportSetWidenTheInterval() {
    Episodes shared = new Episodes(DATA, EpisodeShape.within(5, 1), 400, 8, 7);
    Score score = shared.run(ToyMatcher.random(1)).score();

    assertThat(score.protocol()).isEqualTo("episodes 5-way 1-shot within, 8 queries a set");
    assertThat(score.trials()).isEqualTo(400);
    assertThat(score.accuracy()).isCloseTo(0.2, within(0.07));
    Interval wilson = Interval.wilson(score.accuracy() * 400, 400);
    assertThat(score.interval().low()).isLessThanOrEqualTo(wilson.low());
    assertThat(score.interval().high()).isGreaterThanOrEqualTo(wilson.high());
    assertThatThrownBy(() -> new Episodes(DATA, EpisodeShape.within(5, 1), 100, 8, 7))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("that 8 divides");
  }
}
