package dev.doppel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.ToyAlphabets;
import dev.doppel.augment.Harm;
import dev.doppel.data.Dataset;
import dev.doppel.episode.Trial;
import dev.doppel.error.OptionException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RobustnessTest {

  private static final Dataset DATA = ToyAlphabets.of(4, 20, 22);
  private static final Koch400 TRIALS = Koch400.standard(DATA, 3, 5);

  @Test
  void onlyQueriesAreHarmed() {
    Robustness noisy = new Robustness(TRIALS, Harm.NOISE, 0.5);
    List<Trial> plain = TRIALS.questions().trials();
    List<Trial> harmed = noisy.questions().trials();

    assertThat(noisy.name()).isEqualTo("koch80 × 3 draws, query noise 0.5");
    assertThat(harmed).hasSameSizeAs(plain);
    for (int i = 0; i < plain.size(); i++) {
      assertThat(harmed.get(i).support()).isEqualTo(plain.get(i).support());
      assertThat(harmed.get(i).answer()).isEqualTo(plain.get(i).answer());
      assertThat(harmed.get(i).query().id()).isEqualTo(plain.get(i).query().id());
      assertThat(harmed.get(i).query().image()).isNotEqualTo(plain.get(i).query().image());
    }
    assertThat(noisy.questions()).isEqualTo(noisy.questions());
  }

  @Test
  void aQueryThatComesAgainIsTheSameImageAgain() {
    List<Trial> harmed = new Robustness(TRIALS, Harm.OCCLUSION, 0.3).questions().trials();
    long images =
        harmed.stream()
            .map(trial -> System.identityHashCode(trial.query().image()))
            .distinct()
            .count();
    long names = harmed.stream().map(trial -> trial.query().id()).distinct().count();

    assertThat(images).isEqualTo(names).isLessThan(harmed.size());
  }

  @Test
  void withoutHarmNothingChanges() {
    Evaluation plain = TRIALS.run(ToyMatcher.random(3));
    Evaluation none = new Robustness(TRIALS, Harm.NOISE, 0).run(ToyMatcher.random(3));

    assertThat(none.score().accuracy()).isEqualTo(plain.score().accuracy());
    assertThat(none.score().interval()).isEqualTo(plain.score().interval());
    assertThat(none.figures()).containsEntry("level", 0.0);
  }

  @Test
  void whoReadsEveryPixelIsMisled() {
    double half =
        new Robustness(TRIALS, Harm.NOISE, 0.2).run(ToyMatcher.oracle()).score().accuracy();

    assertThat(half).isLessThan(0.5);
  }

  @Test
  void levelsOutOfRangeAreRefusedAtOnce() {
    assertThatThrownBy(() -> new Robustness(TRIALS, Harm.OCCLUSION, 1))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("occlusion is 1");
  }
}
