package dev.doppel.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.random.Seed;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExactIndexTest extends VectorIndexContract {

  @Override
  protected VectorIndex index(Metric metric, int dim) {
    return new ExactIndex(metric, dim, 2);
  }

  static Stream<Metric> all() {
    return metrics();
  }

  @ParameterizedTest
  @MethodSource("all")
  void theNumberOfThreadsChangesNoBit(Metric metric) {
    int dim = 13;
    int count = 90_000; // enough to be cut into parts
    float[] rows = clustered(Seed.of(1), count, dim);
    float[] queries = clustered(Seed.of(2), 31, dim);
    List<List<List<Hit>>> answers =
        IntStream.of(1, 2, 7)
            .mapToObj(
                threads -> {
                  ExactIndex index = new ExactIndex(metric, dim, threads);
                  index.put(IntStream.range(0, count).toArray(), rows);
                  return index.searchAll(queries, 9);
                })
            .toList();
    assertThat(answers.get(1)).isEqualTo(answers.get(0));
    assertThat(answers.get(2)).isEqualTo(answers.get(0));
    assertThat(answers.get(0)).allSatisfy(hits -> assertThat(hits).hasSize(9));
  }
}
