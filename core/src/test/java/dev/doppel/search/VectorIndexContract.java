package dev.doppel.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.error.OptionException;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link VectorIndex} keeps to; a class for each index makes the indexes. */
public abstract class VectorIndexContract {

  private static final int DIM = 13;
  private static final Metric PRODUCT = new Metric.InnerProduct();

  /** An empty index. */
  protected abstract VectorIndex index(Metric metric, int dim);

  static Stream<Metric> metrics() {
    Draws draws = Seed.of(4).draws();
    float[] weights = new float[DIM];
    for (int d = 0; d < DIM; d++) {
      weights[d] = (float) -draws.between(0.1, 2);
    }
    return Stream.of(PRODUCT, new Metric.Euclidean(), new Metric.WeightedL1(weights, 0.75f));
  }

  /** Rows around a few centres, like embeddings of things. */
  protected static float[] clustered(Seed seed, int count, int dim) {
    Draws draws = seed.draws();
    float[] rows = new float[count * dim];
    for (int i = 0; i < count; i++) {
      Draws centre = Seed.of(99).at(draws.below(20)).draws();
      for (int d = 0; d < dim; d++) {
        rows[i * dim + d] = (float) (centre.gaussian() + 0.5 * draws.gaussian());
      }
    }
    return rows;
  }

  private static double score(Metric metric, float[] a, float[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      double difference = (double) a[d] - b[d];
      if (metric instanceof Metric.WeightedL1 l1) {
        sum += l1.weights()[d] * Math.abs(difference);
      } else if (metric instanceof Metric.Euclidean) {
        sum += difference * difference;
      } else {
        sum += (double) a[d] * b[d];
      }
    }
    return metric instanceof Metric.WeightedL1 l1
        ? sum + l1.bias()
        : metric instanceof Metric.Euclidean ? -Math.sqrt(sum) : sum;
  }

  private static float[] row(float[] rows, int i) {
    return Arrays.copyOfRange(rows, i * DIM, (i + 1) * DIM);
  }

  private static int[] upTo(int count) {
    return IntStream.range(0, count).toArray();
  }

  /** The definition, written down as it reads. */
  private static List<Hit> plain(
      Metric metric, Map<Integer, float[]> rows, float[] query, int k, IntPredicate allowed) {
    return rows.entrySet().stream()
        .filter(each -> allowed.test(each.getKey()))
        .map(each -> new Hit(each.getKey(), (float) score(metric, query, each.getValue())))
        .sorted(Comparator.comparingDouble(Hit::score).reversed().thenComparing(Hit::row))
        .limit(k)
        .toList();
  }

  private static void assertSame(List<Hit> found, List<Hit> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      // Rows whose scores are one but for rounding may change places.
      assertThat(found.get(i).score()).isCloseTo(expected.get(i).score(), within(1e-4f));
    }
    assertThat(found.stream().map(Hit::row)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void aFilteredSearchFindsWhatThePlainDefinitionFinds(Metric metric) {
    VectorIndex index = index(metric, DIM);
    Map<Integer, float[]> kept = new HashMap<>();
    Draws draws = Seed.of(5).draws();
    for (int round = 0; round < 40; round++) {
      int count = 1 + draws.below(100);
      int[] numbers = Arrays.stream(draws.distinct(count, 1500)).map(i -> 3 * i).toArray();
      float[] rows = clustered(Seed.of(6).at(round), count, DIM);
      index.put(numbers, rows);
      for (int i = 0; i < count; i++) {
        kept.put(numbers[i], row(rows, i));
      }
      int[] gone = Arrays.stream(draws.distinct(40, 1500)).map(i -> 3 * i).toArray();
      int there = (int) Arrays.stream(gone).filter(i -> kept.remove(i) != null).count();
      assertThat(index.remove(gone)).isEqualTo(there);
      assertThat(index.size()).isEqualTo(kept.size());

      IntPredicate allowed = row -> row % 2 == 0;
      float[] queries = clustered(Seed.of(7).at(round), 3, DIM);
      List<List<Hit>> together = index.searchAll(queries, 7, allowed);
      for (int q = 0; q < 3; q++) {
        List<Hit> expected = plain(metric, kept, row(queries, q), 7, allowed);
        assertSame(together.get(q), expected);
        assertThat(together.get(q))
            .allSatisfy(
                hit -> {
                  float[] known = kept.get(hit.row());
                  assertThat(known).isNotNull();
                  assertThat((double) hit.score()).isFinite();
                });
      }
    }
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void queriesAskedTogetherGetTheAnswersOfQueriesAskedAlone(Metric metric) {
    VectorIndex index = index(metric, DIM);
    index.put(upTo(700), clustered(Seed.of(8), 700, DIM));
    float[] queries = clustered(Seed.of(9), 20, DIM);
    List<List<Hit>> together = index.searchAll(queries, 5);
    for (int q = 0; q < 20; q++) {
      assertThat(index.search(row(queries, q), 5)).isEqualTo(together.get(q));
    }
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void scoresAreThoseOfTheMetric(Metric metric) {
    VectorIndex index = index(metric, DIM);
    float[] rows = clustered(Seed.of(10), 150, DIM);
    index.put(upTo(150), rows);
    float[] query = clustered(Seed.of(11), 1, DIM);
    float[] scores = index.scores(query, 149, 7, 150, 70);
    assertThat(scores[2]).isNaN();
    assertThat(scores[0]).isCloseTo((float) score(metric, query, row(rows, 149)), within(1e-4f));
    assertThat(scores[1]).isCloseTo((float) score(metric, query, row(rows, 7)), within(1e-4f));

    Map<Integer, Float> scanned = new TreeMap<>();
    index.remove(3);
    index.scan(query, (row, score) -> assertThat(scanned.put(row, score)).isNull());
    assertThat(scanned).hasSize(149).doesNotContainKey(3);
    assertThat(scanned.get(149)).isEqualTo(scores[0]);
    Hit best = index.search(query, 1, row -> row == 70).get(0);
    assertThat(best).isEqualTo(new Hit(70, scores[3]));
  }

  @Test
  void ofEqualScoresTheLowerRowComesFirst() {
    VectorIndex index = index(PRODUCT, 2);
    int[] numbers = Seed.of(12).draws().permutation(300);
    float[] same = new float[600];
    Arrays.fill(same, 0.5f);
    index.put(numbers, same);
    assertThat(index.search(new float[] {1, 1}, 4, row -> row >= 10))
        .extracting(Hit::row)
        .containsExactly(10, 11, 12, 13);
  }

  @Test
  void aRowPutAgainIsReplaced() {
    VectorIndex index = index(PRODUCT, 2);
    index.put(new int[] {4, 5}, new float[] {1, 0, 0, 1});
    index.put(new int[] {4}, new float[] {0, 3});
    assertThat(index.size()).isEqualTo(2);
    assertThat(index.search(new float[] {0, 1}, 5)).containsExactly(new Hit(4, 3), new Hit(5, 1));
  }

  @Test
  void theRoomOfRemovedRowsIsGivenBack() {
    VectorIndex index = index(PRODUCT, DIM);
    index.put(upTo(2000), clustered(Seed.of(13), 2000, DIM));
    long full = index.bytes();
    for (int round = 0; round < 20; round++) {
      index.put(upTo(2000), clustered(Seed.of(14).at(round), 2000, DIM));
    }
    assertThat(index.bytes()).isLessThan(4 * full);
    assertThat(index.remove(upTo(1999))).isEqualTo(1999);
    assertThat(index.bytes()).isLessThan(full / 2);
    assertThat(index.search(new float[DIM], 3)).extracting(Hit::row).containsExactly(1999);
  }

  @Test
  void anEmptyIndexFindsNothing() {
    VectorIndex index = index(PRODUCT, 3);
    assertThat(index.search(new float[3], 2)).isEmpty();
    assertThat(index.searchAll(new float[9], 2)).containsExactly(List.of(), List.of(), List.of());
    assertThat(index.searchAll(new float[0], 2)).isEmpty();
    assertThat(index.remove(0, 5)).isZero();
    index.put(new int[] {8}, new float[3]);
    index.remove(8);
    assertThat(index.search(new float[3], 2)).isEmpty();
    assertThat(index.size()).isZero();
  }

  @Test
  void moreThanThereAreIsAllThereAre() {
    VectorIndex index = index(PRODUCT, 1);
    index.put(new int[] {0, 1, 2}, new float[] {-3, -1, -2});
    assertThat(index.search(new float[] {1}, 1_000_000_000))
        .containsExactly(new Hit(1, -1), new Hit(2, -2), new Hit(0, -3));
  }

  @Test
  void whatDoesNotFitIsRefusedAndChangesNothing() {
    VectorIndex index = index(PRODUCT, 3);
    float[] row = {1, 2, 3};
    assertThatThrownBy(() -> index.put(new int[] {0}, new float[4]))
        .isInstanceOf(OptionException.class);
    assertThatThrownBy(() -> index.put(new int[] {0, 1}, row)).isInstanceOf(OptionException.class);
    assertThatThrownBy(() -> index.put(new int[] {-1}, row)).isInstanceOf(OptionException.class);
    assertThatThrownBy(() -> index.put(new int[] {Integer.MAX_VALUE}, row))
        .isInstanceOf(OptionException.class);
    assertThatThrownBy(() -> index.put(new int[] {7, 7}, new float[6]))
        .isInstanceOf(OptionException.class);
    assertThatThrownBy(() -> index.put(new int[] {0, 1}, new float[] {1, 2, 3, 4, Float.NaN, 6}))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> index.search(new float[6], 1)).isInstanceOf(OptionException.class);
    assertThatThrownBy(() -> index.search(row, 0)).isInstanceOf(OptionException.class);
    assertThatThrownBy(() -> index.scores(new float[2], 0)).isInstanceOf(OptionException.class);
    assertThatThrownBy(() -> index(new Metric.WeightedL1(new float[2], 0), 3))
        .isInstanceOf(OptionException.class);
    assertThat(index.size()).isZero();
    assertThat(index.search(row, 1)).isEmpty();
  }

  /** Each change keeps the sum of all rows' numbers, so a change half seen would show. */
  @Test
  void aSearchSeesEachChangeWholly() throws InterruptedException {
    VectorIndex index = index(PRODUCT, 1);
    int rows = 256;
    float[] values = new float[rows];
    index.put(upTo(rows), values);
    AtomicBoolean stop = new AtomicBoolean();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Thread reader =
          new Thread(
              () -> {
                try {
                  while (!stop.get()) {
                    List<Hit> all = index.search(new float[] {1}, 2 * rows);
                    assertThat(all).hasSize(rows);
                    assertThat(all.stream().mapToDouble(Hit::score).sum()).isZero();
                  }
                } catch (Throwable failed) {
                  failure.set(failed);
                }
              });
      reader.start();
      readers.add(reader);
    }
    Draws draws = Seed.of(15).draws();
    for (int change = 0; change < 1500; change++) {
      int plus = draws.below(rows);
      int minus = (plus + 1 + draws.below(rows - 1)) % rows;
      values[plus]++;
      values[minus]--;
      index.put(new int[] {plus, minus}, new float[] {values[plus], values[minus]});
    }
    stop.set(true);
    for (Thread reader : readers) {
      reader.join();
    }
    assertThat(failure.get()).isNull();
  }
}
