package dev.doppel.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import dev.doppel.search.ExactIndex;
import dev.doppel.search.Kernel;
import dev.doppel.search.Kernels;
import dev.doppel.search.Metric;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelsAgreeTest {

  private static final int ROWS = Kernel.ROWS;
  private static final int GROUP = Kernel.GROUP;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 13, 64, 100, 128, 131, 512, 4097})
  void bothAgreeOnRandomRowsOfAnyLength(int dim) {
    Draws draws = Seed.of(1).at(dim).draws();
    for (int round = 0; round < 4; round++) {
      agree(new Metric.InnerProduct(), dim, draws);
      agree(new Metric.Euclidean(), dim, draws);
      agree(new Metric.WeightedL1(numbers(draws, dim), 3), dim, draws);
    }
  }

  private static void agree(Metric metric, int dim, Draws draws) {
    Kernel plain = Kernels.plain().kernel(metric, dim);
    Kernel quick = new VectorKernels().kernel(metric, dim);
    int at = draws.below(3) * ROWS * dim;
    int from = draws.below(50);
    float[] panels = numbers(draws, at + ROWS * dim + 5);
    float[] queries = numbers(draws, from + GROUP * dim);
    float[] lowest = filled(Float.NEGATIVE_INFINITY);
    Kernel.Found expected = new Kernel.Found();
    Kernel.Found found = new Kernel.Found();

    assertThat(plain.group(panels, at, queries, from, lowest, 2, expected)).isTrue();
    assertThat(quick.group(panels, at, queries, from, lowest, 2, found)).isTrue();
    double size = 1e-5 * (dim + Math.abs(expected.scores()[0]));
    for (int i = 0; i < GROUP * ROWS; i++) {
      assertThat((double) found.scores()[i]).isCloseTo(expected.scores()[i], within(size));
    }
    assertThat(found.masks()).containsOnly(-1L);

    // Thresholds are reached from equality on; an unreachable one hides no other query.
    float[] thresholds = filled(Float.POSITIVE_INFINITY);
    int chosen = draws.below(GROUP);
    thresholds[1 + chosen] = found.scores()[chosen * ROWS + draws.below(ROWS)];
    float[] scores = found.scores().clone();
    assertThat(quick.group(panels, at, queries, from, thresholds, 1, found)).isTrue();
    for (int q = 0; q < GROUP; q++) {
      for (int r = 0; r < ROWS; r++) {
        assertThat((found.masks()[q] >>> r & 1) == 1)
            .isEqualTo(scores[q * ROWS + r] >= thresholds[1 + q]);
      }
    }
    assertThat(quick.group(panels, at, queries, from, filled(Float.POSITIVE_INFINITY), 0, found))
        .isFalse();

    // One query at a time gives the same bits as a group.
    float[] alone = new float[dim];
    for (int d = 0; d < dim; d++) {
      alone[d] = queries[from + d * GROUP + chosen];
    }
    assertThat(quick.one(panels, at, alone, 0, lowest, 0, found)).isTrue();
    assertThat(found.masks()[0]).isEqualTo(-1L);
    assertThat(Arrays.copyOf(found.scores(), ROWS))
        .isEqualTo(Arrays.copyOfRange(scores, chosen * ROWS, (chosen + 1) * ROWS));
    assertThat(quick.one(panels, at, alone, 0, thresholds, 1 + chosen, found)).isTrue();
    for (int r = 0; r < ROWS; r++) {
      assertThat((found.masks()[0] >>> r & 1) == 1)
          .isEqualTo(scores[chosen * ROWS + r] >= thresholds[1 + chosen]);
    }
  }

  private static float[] filled(float value) {
    float[] all = new float[GROUP + 3];
    Arrays.fill(all, value);
    return all;
  }

  private static float[] numbers(Draws draws, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) draws.between(-1, 1);
    }
    return numbers;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 700})
  void anIndexFindsTheRowItWasAskedFor(int rows) {
    float[] values = numbers(Seed.of(3).draws(), rows * 40);
    ExactIndex index = new ExactIndex(new Metric.Euclidean(), 40);
    int[] all = new int[rows];
    Arrays.setAll(all, i -> i);
    index.put(all, values);
    for (int row = 0; row < rows; row += 19) {
      assertThat(index.search(Arrays.copyOfRange(values, row * 40, row * 40 + 40), 1).get(0).row())
          .isEqualTo(row);
    }
  }
}
