package dev.doppel.loss;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LossWatchTest {

  private static LossResult result(double value, long selected, long active) {
    return new LossResult(value, new float[2], new Counts(10, selected, active), 0.2);
  }

  @Test
  void emptyBatchesAreCountedAndLeftOutOfTheMean() {
    LossWatch watch = new LossWatch("triplet", 3);
    watch.saw(result(0.5, 4, 4));
    watch.saw(result(0, 0, 0));
    watch.saw(result(0.1, 4, 1));
    assertThat(watch.batches()).isEqualTo(3);
    assertThat(watch.empty()).isEqualTo(1);
    assertThat(watch.mean()).isEqualTo(0.3);
    assertThat(watch.activeShare()).isEqualTo(0.625);
    assertThat(watch.collapse()).isEmpty();
  }

  @Test
  void aRunAtTheMarginIsCollapseAndOneBatchIsNot() {
    LossWatch watch = new LossWatch("triplet", 3);
    watch.saw(result(0.2, 4, 4));
    watch.saw(result(0.2005, 4, 4));
    assertThat(watch.collapse()).isEmpty();
    watch.saw(result(0.1995, 4, 4));
    assertThat(watch.collapse()).hasValueSatisfying(said -> assertThat(said).contains("0.2"));
    watch.saw(result(0.15, 4, 4));
    assertThat(watch.collapse()).isEmpty();
  }
}
