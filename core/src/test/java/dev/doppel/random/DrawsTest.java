package dev.doppel.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawsTest {

  @Test
  void theStreamIsSplitMix64() {
    // The published test vector of SplitMix64, state 1234567.
    Draws draws = new Draws(1234567);
    assertThat(new long[] {draws.nextLong(), draws.nextLong(), draws.nextLong()})
        .containsExactly(
            6457827717110365317L,
            3203168211198807973L,
            Long.parseUnsignedLong("9817491932198370423"));
  }

  @Test
  void wholeNumbersAreUniformBelowTheirBound() {
    Draws draws = Seed.of(1).draws();
    int[] counts = new int[7];
    for (int i = 0; i < 70_000; i++) {
      counts[draws.below(7)]++;
    }
    // Chi-squared with 6 degrees of freedom: above 22.5 once in a thousand seeds.
    double chiSquared = Arrays.stream(counts).mapToDouble(c -> (c - 1e4) * (c - 1e4) / 1e4).sum();
    assertThat(chiSquared).isLessThan(22.5);
  }

  @Test
  void aBoundOfOneLeavesZero() {
    assertThat(Seed.of(1).draws().below(1)).isZero();
    assertThatThrownBy(() -> Seed.of(1).draws().below(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theLargestBoundIsNeverReached() {
    Draws draws = Seed.of(9).draws();
    for (int i = 0; i < 10_000; i++) {
      assertThat(draws.below(Integer.MAX_VALUE)).isBetween(0, Integer.MAX_VALUE - 1);
    }
  }

  @Test
  void fractionsAreUniform() {
    Draws draws = Seed.of(2).draws();
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 100_000; i++) {
      double unit = draws.unit();
      assertThat(unit >= 0 && unit < 1).isTrue();
      sum += unit;
      squares += unit * unit;
    }
    assertThat(sum / 100_000).isCloseTo(0.5, within(0.004));
    assertThat(squares / 100_000).isCloseTo(1 / 3.0, within(0.004));
  }

  @Test
  void theNormalDistributionHasItsMoments() {
    Draws draws = Seed.of(3).draws();
    double[] power = new double[5];
    for (int i = 0; i < 200_000; i++) {
      double value = draws.gaussian();
      for (int p = 1; p < 5; p++) {
        power[p] += Math.pow(value, p) / 200_000;
      }
    }
    assertThat(power[1]).isCloseTo(0, within(0.01));
    assertThat(power[2]).isCloseTo(1, within(0.015));
    assertThat(power[3]).isCloseTo(0, within(0.04));
    assertThat(power[4]).isCloseTo(3, within(0.1));
  }

  @Test
  void everyOrderIsEquallyLikely() {
    Map<String, Integer> orders = new HashMap<>();
    for (int i = 0; i < 24_000; i++) {
      orders.merge(Arrays.toString(Seed.of(4).at(i).draws().permutation(4)), 1, Integer::sum);
    }
    assertThat(orders).hasSize(24);
    // Chi-squared with 23 degrees of freedom: above 49.7 once in a thousand seeds.
    double chiSquared =
        orders.values().stream().mapToDouble(c -> (c - 1000.0) * (c - 1000.0) / 1000).sum();
    assertThat(chiSquared).isLessThan(49.7);
  }

  @Test
  void distinctNumbersAreDistinct() {
    for (int i = 0; i < 200; i++) {
      int[] drawn = Seed.of(5).at(i).draws().distinct(20, 26);
      assertThat(IntStream.of(drawn).distinct().count()).isEqualTo(20);
      assertThat(IntStream.of(drawn)).allMatch(value -> value >= 0 && value < 26);
    }
    assertThatThrownBy(() -> Seed.of(5).draws().distinct(3, 2))
        .hasMessageContaining("cannot draw 3 distinct numbers of 2");
  }

  @Test
  void aPickIsAnElement() {
    assertThat(List.of("a", "b")).contains(Seed.of(6).draws().pick(List.of("a", "b")));
  }
}
