package dev.doppel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.Property;
import dev.doppel.model.StrangerCurve.Point;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrangerCurveTest {

  private static final StrangerCurve CURVE =
      new StrangerCurve(List.of(new Point(0, 0.5), new Point(1, 0.1), new Point(2, 0.001)), 3, 1.5);

  @Test
  void theCurveGoesThroughItsPointsAndIsStraightBetweenThemInLogarithms() {
    assertThat(CURVE.share(0)).isCloseTo(0.5, within(1e-12));
    assertThat(CURVE.share(1)).isCloseTo(0.1, within(1e-12));
    assertThat(CURVE.share(1.5)).isCloseTo(0.01, within(1e-12)); // √(0.1 · 0.001)
    assertThat(CURVE.share(2)).isCloseTo(0.001, within(1e-15));
  }

  @Test
  void aboveTheLastPointItFallsExponentiallyAndBelowTheFirstItReachesOne() {
    assertThat(CURVE.share(3)).isCloseTo(0.001 * Math.exp(-3), within(1e-12));
    assertThat(CURVE.share(-0.1)).isBetween(0.5, 1.0);
    assertThat(CURVE.share(-9)).isEqualTo(1);
  }

  @Test
  void oneLabelIsTheCurveItself() {
    for (double score = -2; score < 5; score += 0.1) {
      assertThat(CURVE.share(score, 1)).isCloseTo(CURVE.share(score), within(1e-12));
    }
  }

  @Test
  void independentLabelsMultiply() {
    StrangerCurve even = new StrangerCurve(CURVE.points(), 3, StrangerCurve.INDEPENDENT);

    for (int labels : new int[] {2, 20, 600}) {
      assertThat(even.share(1.5, labels)).isCloseTo(1 - Math.pow(1 - 0.01, labels), within(1e-5));
    }
  }

  /** Strangers whose hazards follow an exponential distribution: gamma of shape 1. */
  @Test
  void strangersThatDifferLetFewerInThanIndependentLabelsWould() {
    StrangerCurve curve = new StrangerCurve(List.of(new Point(0, 0.05)), 1, 1);
    double hazard = 1 / 0.95 - 1; // of 1 − 1/(1 + h) = 0.05
    Draws draws = Seed.of(5).draws();
    int in = 0;
    int strangers = 40_000;
    for (int i = 0; i < strangers; i++) {
      double one = -Math.expm1(Math.log1p(-draws.unit()) * hazard); // 1 − exp(−h G)
      in += draws.chance(1 - Math.pow(1 - one, 30)) ? 1 : 0;
    }

    assertThat(curve.share(0, 30)).isCloseTo((double) in / strangers, within(0.008));
    assertThat(curve.share(0, 30)).isLessThan(1 - Math.pow(0.95, 30));
  }

  @Test
  void smallSharesAddUpWhateverTheEvenness() {
    for (double evenness : new double[] {0.2, 1, 100}) {
      StrangerCurve curve = new StrangerCurve(CURVE.points(), 3, evenness);
      double score = curve.score(0.001, 100);

      assertThat(curve.share(score)).isCloseTo(1e-5, within(5e-8));
    }
  }

  @Test
  void scoreAndShareAreInverse() {
    Property.holds(
        40,
        seed -> {
          StrangerCurve curve = random(seed.draws());
          for (long labels : new long[] {1, 7, 100, 10_000, 1_000_000}) {
            for (double share : new double[] {0.3, 0.01, 1e-3, 1e-6}) {
              double score = curve.score(share, labels);
              assertThat(curve.share(score, labels)).isCloseTo(share, within(1e-9));
            }
          }
        });
  }

  @Test
  void higherScoresLetFewerInAndMoreLabelsMore() {
    Property.holds(
        40,
        seed -> {
          StrangerCurve curve = random(seed.draws());
          double before = 1;
          for (double score = -4; score < 8; score += 0.05) {
            double share = curve.share(score, 50);
            assertThat(share).isPositive().isLessThanOrEqualTo(before);
            assertThat(curve.share(score, 51)).isGreaterThanOrEqualTo(share);
            before = share;
          }
          assertThat(curve.score(0.01, 51)).isGreaterThan(curve.score(0.01, 50));
          assertThat(curve.score(0.001, 50)).isGreaterThan(curve.score(0.01, 50));
        });
  }

  private static StrangerCurve random(Draws draws) {
    List<Point> points = new ArrayList<>();
    double score = draws.between(-1, 1);
    double share = draws.between(0.3, 1);
    for (int i = 0; i <= draws.below(8); i++) {
      points.add(new Point(score, share));
      score += draws.between(0.01, 1);
      share *= draws.between(0.1, 0.9);
    }
    return new StrangerCurve(points, draws.between(0.5, 20), draws.between(0.1, 30));
  }

  @Test
  void whereOnlyARatioIsKnownTheBoundIsOneInThatMany() {
    StrangerCurve bound = StrangerCurve.bound(2, -4);

    assertThat(bound.share(5)).isCloseTo(Math.exp(-6), within(1e-12));
    assertThat(bound.share(1)).isEqualTo(1);
    assertThat(bound.score(0.01, 1)).isCloseTo((Math.log(100) + 4) / 2, within(1e-6));
  }

  @Test
  void curvesThatRiseOrHaveNoPointAreRefused() {
    List<Point> rising = List.of(new Point(0, 0.1), new Point(1, 0.2));
    assertThatThrownBy(() -> new StrangerCurve(rising, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shares fall");
    assertThatThrownBy(() -> new StrangerCurve(List.of(), 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new StrangerCurve(CURVE.points(), Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Point(0, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
