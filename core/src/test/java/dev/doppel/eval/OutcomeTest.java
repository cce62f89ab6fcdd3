package dev.doppel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.ToyAlphabets;
import dev.doppel.data.Sample;
import dev.doppel.episode.Pair;
import dev.doppel.episode.Relation;
import dev.doppel.episode.Trial;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {

  /** Two drawers of three characters: 0a 0b 1a 1b 2a 2b. */
  private static final List<Sample> SAMPLES = ToyAlphabets.of(2, 3).samples().toList();

  private static Outcome.OfTrial scored(double... scores) {
    Trial trial =
        new Trial(
            SAMPLES.get(2),
            List.of(List.of(SAMPLES.get(1)), List.of(SAMPLES.get(3)), List.of(SAMPLES.get(5))),
            1);
    return new Outcome.OfTrial(trial, java.util.Arrays.stream(scores).boxed().toList());
  }

  @Test
  void theRightWayAloneOnTopIsRight() {
    assertThat(scored(0.1, 0.9, 0.4).right()).isTrue();
    assertThat(scored(0.1, 0.9, 0.4).margin()).isCloseTo(0.5, within(1e-12));
    assertThat(scored(0.1, 0.3, 0.4).credit()).isZero();
    assertThat(scored(0.1, 0.3, 0.4).chosen()).isEqualTo(2);
    assertThat(scored(0.1, 0.3, 0.4).margin()).isNegative();
  }

  @Test
  void aTieOfKWaysCountsOneKth() {
    assertThat(scored(0.9, 0.9, 0.4).credit()).isEqualTo(0.5);
    assertThat(scored(0.9, 0.9, 0.9).credit()).isEqualTo(1.0 / 3);
    assertThat(scored(0.9, 0.1, 0.9).credit()).isZero();
    assertThat(scored(0.9, 0.9, 0.4).right()).isFalse();
    assertThat(scored(0.9, 0.9, 0.4).margin()).isZero();
  }

  @Test
  void aPairIsJudgedByTheThreshold() {
    Pair same = new Pair(SAMPLES.get(0), SAMPLES.get(1), Relation.SAME);

    assertThat(new Outcome.OfPair(same, 2, 2).right()).isTrue();
    assertThat(new Outcome.OfPair(same, 1, 2).right()).isFalse();
    assertThat(new Outcome.OfPair(same, 1, 2).margin()).isEqualTo(-1);
  }

  @Test
  void scoresMustMatchTheWays() {
    assertThatThrownBy(() -> scored(1, 2)).isInstanceOf(IllegalArgumentException.class);
  }
}
