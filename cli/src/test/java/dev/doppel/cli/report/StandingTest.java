package dev.doppel.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.eval.Interval;
import dev.doppel.eval.Score;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StandingTest {

  private static Score score(double accuracy) {
    return new Score(
        "lake20", accuracy, Interval.wilson(accuracy * 400, 400), 400, 0, "m", "d", false);
  }

  @Test
  void rowsStandBestFirstWithOursAmongThem() {
    List<Standing> rows = Standing.with(List.of(score(0.96)));

    assertThat(rows).isSortedAccordingTo(Comparator.comparingDouble(Standing::accuracy).reversed());
    int ours = rows.stream().map(Standing::ours).toList().indexOf(true);
    assertThat(rows.get(ours - 1).who()).isEqualTo("Bayesian program learning");
    assertThat(rows.get(ours + 1).who()).isEqualTo("People");
  }

  @Test
  void ourEqualComesBelowNobody() {
    List<Standing> rows = Standing.with(List.of(score(0.92)));

    int ours = rows.stream().map(Standing::ours).toList().indexOf(true);
    assertThat(rows.get(ours + 1).who()).isEqualTo("Convolutional siamese net");
  }

  @Test
  void theTableOfThePaperIsThere() {
    assertThat(Standing.published())
        .filteredOn(row -> row.source().startsWith("Koch"))
        .extracting(Standing::accuracy)
        .containsExactly(0.955, 0.952, 0.92, 0.818, 0.652, 0.62, 0.583, 0.352, 0.217);
  }

  @Test
  void machinesHaveWilsonsIntervalAndPeopleNone() {
    Standing koch = Standing.published().get(5);
    Interval interval = Objects.requireNonNull(koch.interval());

    assertThat(interval.low()).isCloseTo(0.889, within(5e-4));
    assertThat(interval.high()).isCloseTo(0.943, within(5e-4));
    assertThat(Standing.published().get(3).interval()).isNull();
  }
}
