package dev.doppel.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class RowStackTest {

  private static final int DIM = 5;

  @Test
  void sinceANumberOnlyTheRowsFromThereOnAreSeen() {
    Draws draws = Seed.of(1).draws();
    RowStack stack = RowStack.empty(new Metric.InnerProduct(), DIM);
    for (int i = 0; i < 1000; i++) {
      float[] row = new float[DIM];
      for (int d = 0; d < DIM; d++) {
        row[d] = (float) draws.gaussian();
      }
      stack = stack.with(row);
    }
    float[] query = {1, -1, 2, 0, 1};
    IntPredicate even = row -> row % 2 == 0;
    for (int number : new int[] {0, 1, 63, 64, 500, 640, 999, 1000}) {
      RowStack since = stack.since(number);
      assertThat(since.search(query, 7, even))
          .isEqualTo(stack.search(query, 7, row -> row >= number && even.test(row)));
      List<Integer> seen = new ArrayList<>();
      since.scan(query, (row, score) -> seen.add(row));
      assertThat(seen).hasSize(1000 - number).doesNotHaveDuplicates();
      assertThat(seen).allMatch(row -> row >= number);
      assertThat(since.count()).isEqualTo(1000);
    }
  }
}
