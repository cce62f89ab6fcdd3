package dev.doppel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.Property;
import dev.doppel.episode.Relation;
import dev.doppel.error.DataException;
import dev.doppel.error.ModelException;
import dev.doppel.eval.Scored;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  /** Two normal distributions of deviation 1 whose true logit is slope · score + offset. */
  private static List<Scored> normal(Seed seed, int same, int different, double low, double high) {
    Draws draws = seed.draws();
    List<Scored> pairs = new ArrayList<>();
    for (int i = 0; i < same; i++) {
      pairs.add(new Scored(high + draws.gaussian(), Relation.SAME));
    }
    for (int i = 0; i < different; i++) {
      pairs.add(new Scored(low + draws.gaussian(), Relation.DIFFERENT));
    }
    return pairs;
  }

  @Test
  void itFindsTheLogitThatMadeTheScores() {
    // Means 1 and 3, deviation 1: log p/q = 2 x - 4.
    Calibration fit = Calibration.fit(normal(Seed.of(1), 20_000, 20_000, 1, 3));

    assertThat(fit.slope()).isCloseTo(2, within(0.06));
    assertThat(fit.offset()).isCloseTo(-4, within(0.12));
    assertThat(fit.threshold()).isCloseTo(2, within(0.1));
    assertThat(fit.probability(2)).isCloseTo(0.5, within(0.01));
  }

  @Test
  void probabilitiesAreForHalfAndHalfWhateverTheMixture() {
    Calibration fit = Calibration.fit(normal(Seed.of(2), 4_000, 40_000, 1, 3));

    assertThat(fit.probability(2)).isCloseTo(0.5, within(0.02));
  }

  @Test
  void aCommonShiftAndScaleOfScoresChangesNothing() {
    Property.holds(
        20,
        seed -> {
          List<Scored> pairs = normal(seed, 60, 90, 0, 2);
          List<Scored> moved =
              pairs.stream().map(p -> new Scored(1e6 + 1e-3 * p.score(), p.relation())).toList();
          Calibration plain = Calibration.fit(pairs);
          Calibration other = Calibration.fit(moved);
          for (double score = -3; score < 5; score += 0.5) {
            assertThat(other.probability(1e6 + 1e-3 * score))
                .isCloseTo(plain.probability(score), within(1e-5));
          }
        });
  }

  @Test
  void theOrderOfPairsDoesNotMatter() {
    List<Scored> pairs = normal(Seed.of(3), 50, 50, 0, 1);
    List<Scored> turned = new ArrayList<>(pairs);
    Collections.reverse(turned);

    assertThat(Calibration.fit(turned).slope())
        .isCloseTo(Calibration.fit(pairs).slope(), within(1e-9));
    assertThat(Calibration.fit(turned).threshold()).isEqualTo(Calibration.fit(pairs).threshold());
  }

  @Test
  void scoresThatTellAllApartStillGiveFiniteNumbers() {
    List<Scored> pairs =
        List.of(
            new Scored(0.9, Relation.SAME),
            new Scored(0.8, Relation.SAME),
            new Scored(0.2, Relation.DIFFERENT),
            new Scored(0.1, Relation.DIFFERENT));
    Calibration fit = Calibration.fit(pairs);

    assertThat(fit.threshold()).isCloseTo(0.5, within(1e-12));
    assertThat(fit.slope()).isFinite().isPositive();
    // Two pairs a kind: Platt's targets are 3/4 and 1/4, which the extremes lie about.
    assertThat(fit.probability(0.85)).isBetween(0.7, 0.8);
    assertThat(fit.probability(0.15)).isBetween(0.2, 0.3);
  }

  @Test
  void scoresThatSayNothingAreRefused() {
    List<Scored> flat =
        List.of(new Scored(0.5, Relation.SAME), new Scored(0.5, Relation.DIFFERENT));
    assertThatThrownBy(() -> Calibration.fit(flat)).isInstanceOf(ModelException.class);

    List<Scored> turned = List.of(new Scored(0, Relation.SAME), new Scored(1, Relation.DIFFERENT));
    assertThatThrownBy(() -> Calibration.fit(turned))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("wrong sign");

    assertThatThrownBy(() -> Calibration.fit(List.of(new Scored(1, Relation.SAME))))
        .isInstanceOf(DataException.class);
  }

  @Test
  void infiniteScoresAreRefused() {
    List<Scored> wild =
        List.of(
            new Scored(Double.POSITIVE_INFINITY, Relation.SAME), new Scored(0, Relation.DIFFERENT));

    assertThatThrownBy(() -> Calibration.fit(wild)).isInstanceOf(ModelException.class);
  }
}
