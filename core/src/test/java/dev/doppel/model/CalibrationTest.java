package dev.doppel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.Property;
import dev.doppel.error.DataException;
import dev.doppel.error.ModelException;
import dev.doppel.eval.PairScores;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  private static final double EVEN = 1e6;

  private static double[] normal(Draws draws, int count, double mean) {
    return DoubleStream.generate(() -> mean + draws.gaussian()).limit(count).toArray();
  }

  /** Two normal distributions of deviation 1, around 1 and 3: the log of their ratio is 2 x − 4. */
  private static PairScores normal(Seed seed, int same, int different) {
    Draws draws = seed.draws();
    return PairScores.of(normal(draws, same, 3), normal(draws, different, 1), 300, EVEN);
  }

  private static Calibration fit(PairScores pairs) {
    return Calibration.fit(pairs, "");
  }

  @Test
  void itFindsTheRatioThatMadeTheScores() {
    Calibration fit = fit(normal(Seed.of(1), 20_000, 200_000));

    for (double score = 0; score <= 4; score += 0.25) {
      assertThat(fit.evidence().log(score))
          .as("at %s", score)
          .isCloseTo(2 * score - 4, within(0.35));
    }
    assertThat(fit.threshold()).isCloseTo(2, within(0.15));
    assertThat(fit.probability(2)).isCloseTo(0.5, within(0.04));
  }

  @Test
  void itFindsHowHighStrangersScore() {
    Calibration fit = fit(normal(Seed.of(4), 2_000, 400_000));

    // Of a normal distribution around 1: 2.3263, 3.0902 and 3.7190 deviations above it.
    assertThat(fit.threshold(0.01, 1)).isCloseTo(1 + 2.3263, within(0.03));
    assertThat(fit.threshold(0.001, 1)).isCloseTo(1 + 3.0902, within(0.05));
    assertThat(fit.falseAccepts(1, 1)).isCloseTo(0.5, within(0.01));
    // Among ten labels 1 % is 0.1 % of each; the tail is lighter than the continuation.
    assertThat(fit.threshold(0.01, 10)).isCloseTo(1 + 3.0902, within(0.06));
    assertThat(fit.threshold(0.01, 100)).isBetween(1 + 3.7190 - 0.1, 1 + 3.7190 + 0.3);
  }

  @Test
  void probabilitiesAreForHalfAndHalfWhateverTheMixture() {
    Calibration fit = fit(normal(Seed.of(2), 4_000, 40_000));

    assertThat(fit.probability(2)).isCloseTo(0.5, within(0.06));
  }

  @Test
  void manyLabelsAndRivalsMakeLessSure() {
    Calibration fit = fit(normal(Seed.of(2), 4_000, 40_000));
    double alone = fit.probabilities(new double[] {4}, 1)[0];

    assertThat(alone).isEqualTo(fit.probability(4), within(1e-12));
    assertThat(fit.probabilities(new double[] {4}, 100)[0]).isLessThan(alone);
    double[] two = fit.probabilities(new double[] {4, 4}, 100);
    assertThat(two[0]).isEqualTo(two[1]).isLessThan(0.5);
  }

  @Test
  void evidenceNeverFallsAndStaysFinite() {
    Property.holds(
        30,
        seed -> {
          Draws draws = seed.draws();
          int different = 50 + draws.below(2_000);
          Calibration fit =
              fit(
                  PairScores.of(
                      normal(draws, 5 + draws.below(100), 3), normal(draws, different, 0), 30, 2));
          double before = Double.NEGATIVE_INFINITY;
          for (double score = -6; score < 9; score += 0.1) {
            double log = fit.evidence().log(score);
            assertThat(log).isGreaterThanOrEqualTo(before).isFinite();
            assertThat(fit.probability(score)).isBetween(0.0, 1.0);
            before = log;
          }
        });
  }

  @Test
  void aCommonShiftAndScaleOfScoresChangesNothing() {
    Property.holds(
        20,
        seed -> {
          double[] same = normal(seed.draws(), 60, 2);
          double[] different = normal(seed.at(1).draws(), 900, 0);
          Calibration plain = fit(PairScores.of(same, different, 50, 1));
          Calibration other = fit(PairScores.of(moved(same), moved(different), 50, 1));
          for (double score = -3; score < 5; score += 0.5) {
            double moved = 1000 + 0.125 * score;
            assertThat(other.probability(moved)).isCloseTo(plain.probability(score), within(1e-6));
            assertThat(other.falseAccepts(moved, 20))
                .isCloseTo(plain.falseAccepts(score, 20), within(1e-6));
          }
        });
  }

  private static double[] moved(double[] scores) {
    return Arrays.stream(scores).map(score -> 1000 + 0.125 * score).toArray();
  }

  @Test
  void theOrderOfPairsDoesNotMatter() {
    double[] same = normal(Seed.of(3).draws(), 50, 1);
    double[] different = normal(Seed.of(4).draws(), 500, 0);
    double[] turned = new double[500];
    for (int i = 0; i < 500; i++) {
      turned[i] = different[499 - i];
    }

    assertThat(fit(PairScores.of(same, turned, 30, 1)))
        .isEqualTo(fit(PairScores.of(same, different, 30, 1)));
  }

  @Test
  void scoresThatTellAllApartStillGiveFiniteNumbers() {
    Calibration fit =
        fit(PairScores.of(new double[] {0.9, 0.8}, new double[] {0.2, 0.15, 0.1}, 3, 1));

    assertThat(fit.threshold()).isCloseTo(0.5, within(1e-12));
    assertThat(fit.probability(0.85)).isBetween(0.7, 0.95);
    assertThat(fit.probability(0.15)).isBetween(0.05, 0.35);
    assertThat(fit.falseAccepts(0.85, 1)).isPositive().isLessThan(0.2);
  }

  @Test
  void scoresThatSayNothingAreRefused() {
    double[] flat = {0.5, 0.5, 0.5};
    assertThatThrownBy(() -> fit(PairScores.of(flat, flat, 3, 1)))
        .isInstanceOf(ModelException.class);
    double[] low = normal(Seed.of(7).draws(), 100, 0);
    double[] high = normal(Seed.of(8).draws(), 100, 4);
    assertThatThrownBy(() -> fit(PairScores.of(low, high, 15, 1)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("wrong sign");
    assertThatThrownBy(() -> PairScores.of(new double[0], high, 15, 1))
        .isInstanceOf(DataException.class);
    assertThatThrownBy(
            () -> PairScores.of(new double[] {Double.POSITIVE_INFINITY}, new double[] {0}, 2, 1))
        .isInstanceOf(ModelException.class);
  }

  @Test
  void theSigmoidOfFirstFilesIsKept() {
    Calibration first = new Calibration(0.4, 10, -5);

    assertThat(first.probability(0.5)).isCloseTo(0.5, within(1e-12));
    assertThat(first.probability(0.7)).isCloseTo(1 / (1 + Math.exp(-2)), within(1e-9));
    assertThat(first.likelihoodRatio(0.9)).isCloseTo(Math.exp(4), within(1e-6));
    assertThat(first.falseAccepts(0.9, 1)).isCloseTo(Math.exp(-4), within(1e-9));
    assertThat(first.threshold(0.01, 100))
        .isCloseTo((Math.log(100 / 0.01005) + 5) / 10, within(1e-3));
    assertThat(first.accepts(0.4)).isTrue();
    assertThatThrownBy(() -> new Calibration(0.4, -1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("positive slope");
  }
}
