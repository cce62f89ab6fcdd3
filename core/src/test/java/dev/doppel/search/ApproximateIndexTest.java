package dev.doppel.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.OptionException;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ApproximateIndexTest extends VectorIndexContract {

  private static final ApproximateIndex.Options SMALL =
      new ApproximateIndex.Options(0.95, 2, 200, 1);
  private static final int DIM = 24;
  private static final int ROWS = 12_000;
  private static final int QUERIES = 1000;

  @Override
  protected VectorIndex index(Metric metric, int dim) {
    return new ApproximateIndex(metric, dim, SMALL);
  }

  static Stream<Metric> distances() {
    float[] weights = new float[DIM];
    Draws draws = Seed.of(3).draws();
    for (int d = 0; d < DIM; d++) {
      weights[d] = (float) -draws.between(0.5, 1);
    }
    return Stream.of(
        new Metric.InnerProduct(), new Metric.Euclidean(), new Metric.WeightedL1(weights, 1));
  }

  /** Many clusters of unit rows, as embeddings of many things are. */
  private static float[] unit(String purpose, int count) {
    Draws draws = Seed.of(20).at(purpose).draws();
    float[] rows = new float[count * DIM];
    for (int i = 0; i < count; i++) {
      Draws centre = Seed.of(21).at(draws.below(150)).draws();
      double squares = 0;
      for (int d = 0; d < DIM; d++) {
        double value = centre.gaussian() + 0.45 * draws.gaussian();
        rows[i * DIM + d] = (float) value;
        squares += value * value;
      }
      for (int d = 0; d < DIM; d++) {
        rows[i * DIM + d] /= (float) Math.sqrt(squares);
      }
    }
    return rows;
  }

  private static ApproximateIndex filled(Metric metric, ApproximateIndex.Options options) {
    ApproximateIndex index = new ApproximateIndex(metric, DIM, options);
    index.put(IntStream.range(0, ROWS).toArray(), unit("rows", ROWS));
    return index;
  }

  private static double recall(VectorIndex index, VectorIndex exact, float[] queries) {
    List<List<Hit>> found = index.searchAll(queries, 3);
    List<List<Hit>> truth = exact.searchAll(queries, 3);
    int count = found.size();
    return IntStream.range(0, count)
            .filter(q -> found.get(q).get(0).equals(truth.get(q).get(0)))
            .count()
        / (double) count;
  }

  @ParameterizedTest
  @MethodSource("distances")
  void theClosestRowIsFoundAsOftenAsWasAskedFor(Metric metric) {
    float[] queries = unit("queries", QUERIES);
    ExactIndex exact = new ExactIndex(metric, DIM, 1);
    exact.put(IntStream.range(0, ROWS).toArray(), unit("rows", ROWS));
    ApproximateIndex index =
        filled(metric, new ApproximateIndex.Options(0.97, 2, ROWS, 1)); // cells at the last row
    assertThat(index.cells()).isGreaterThan(100);
    assertThat(recall(index, exact, queries)).isGreaterThanOrEqualTo(0.97);

    // Rows that come and go afterwards are found, and gone.
    int[] moved = IntStream.range(0, 3000).toArray();
    float[] places = unit("moved", 3000);
    index.put(moved, places);
    exact.put(moved, places);
    int[] gone = IntStream.range(2000, 5000).toArray();
    index.remove(gone);
    exact.remove(gone);
    assertThat(recall(index, exact, queries)).isGreaterThanOrEqualTo(0.95);
    assertThat(index.searchAll(queries, 5))
        .allSatisfy(
            hits ->
                assertThat(hits)
                    .hasSize(5)
                    .noneMatch(hit -> hit.row() >= 2000 && hit.row() < 5000));
  }

  @Test
  void rowsWithoutOrderStayOneCellAndAreSearchedExactly() {
    int dim = 200;
    Draws draws = Seed.of(5).draws();
    float[] noise = new float[600 * dim];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) draws.gaussian();
    }
    ApproximateIndex index = new ApproximateIndex(new Metric.InnerProduct(), dim, SMALL);
    index.put(IntStream.range(0, 600).toArray(), noise);
    assertThat(index.cells()).isEqualTo(1);
  }

  @Test
  void cellsAreMadeWhenTheIndexHasDoubled() {
    ApproximateIndex index = new ApproximateIndex(new Metric.InnerProduct(), DIM, SMALL);
    float[] rows = unit("rows", ROWS);
    int[] counts = new int[4];
    for (int step = 0, size = 0; step < 4; step++) {
      int more = new int[] {199, 3801, 3000, 5000}[step];
      float[] next = java.util.Arrays.copyOfRange(rows, size * DIM, (size + more) * DIM);
      index.put(IntStream.range(size, size + more).toArray(), next);
      size += more;
      counts[step] = index.cells();
    }
    assertThat(counts[0]).isEqualTo(1);
    assertThat(counts[1]).isGreaterThan(1);
    assertThat(counts[2]).isEqualTo(counts[1]);
    assertThat(counts[3]).isGreaterThan(counts[2]);
  }

  @Test
  void theSameSeedFindsTheSameWithAnyNumberOfThreads() {
    float[] queries = unit("queries", 300);
    List<List<Hit>> one = filled(new Metric.InnerProduct(), SMALL).searchAll(queries, 5);
    ApproximateIndex other = filled(new Metric.InnerProduct(), SMALL.withThreads(1));
    assertThat(other.searchAll(queries, 5)).isEqualTo(one);
    float[] query = java.util.Arrays.copyOf(queries, DIM);
    assertThat(other.search(query, 5)).isEqualTo(one.get(0));
  }

  @Test
  void weightsThatMakeFarRowsCloseAreRefused() {
    float[] mixed = {-1, 0, 0.5f};
    assertThatThrownBy(() -> new ApproximateIndex(new Metric.WeightedL1(mixed, 0), 3, SMALL))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("weighted-l1")
        .hasMessageContaining("0.5");
    assertThat(new ExactIndex(new Metric.WeightedL1(mixed, 0), 3).exact()).isTrue();
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new ApproximateIndex.Options(1, 1, 1000, 1))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("recall");
    assertThatThrownBy(() -> new ApproximateIndex.Options(0.9, 0, 1000, 1))
        .isInstanceOf(OptionException.class);
  }
}
