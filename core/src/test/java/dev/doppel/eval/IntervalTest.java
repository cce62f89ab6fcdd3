package dev.doppel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.Golden;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class IntervalTest {

  static List<Golden> wilson() {
    return Golden.cases("metrics.json", "metric", "wilson-interval");
  }

  @ParameterizedTest
  @MethodSource
  void wilson(Golden golden) {
    Interval found =
        Interval.wilson(
            golden.inputs().get("successes").asInt(), golden.inputs().get("trials").asInt());

    assertThat(found.low()).isCloseTo(golden.expected().get("low").asDouble(), within(1e-12));
    assertThat(found.high()).isCloseTo(golden.expected().get("high").asDouble(), within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 12.7062047",
    "2, 4.3026527",
    "3, 3.1824463",
    "4, 2.7764451",
    "9, 2.2621572",
    "10, 2.2281389",
    "30, 2.0422725",
    "99, 1.9842170",
    "1000, 1.9623391"
  })
  void studentsPointsAreThoseOfTheTables(int degrees, double expected) {
    assertThat(Interval.studentT(degrees)).isCloseTo(expected, within(1e-6));
  }

  @Test
  void theIntervalOfAMeanIsStudents() {
    Interval found = Interval.ofMean(new double[] {0.91, 0.93, 0.95}); // s = 0.02

    assertThat(found.low()).isCloseTo(0.93 - 4.3026527 * 0.02 / Math.sqrt(3), within(1e-8));
    assertThat(found.high()).isCloseTo(0.93 + 4.3026527 * 0.02 / Math.sqrt(3), within(1e-8));
  }

  @Test
  void oneValueHasNoSpread() {
    assertThatThrownBy(() -> Interval.ofMean(new double[] {0.5}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Interval.wilson(2, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
