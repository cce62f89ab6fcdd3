package dev.doppel.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.Property;
import dev.doppel.model.Embeddings;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must not change a loss, or must change it in a known way. */
class InvarianceTest {

  static List<BatchLoss> euclidean() {
    List<BatchLoss> losses = new ArrayList<>();
    losses.add(ContrastiveLoss.withMargin(2));
    for (Distance distance : List.of(Distance.EUCLIDEAN, Distance.SQUARED_EUCLIDEAN)) {
      for (TripletMiner miner :
          List.of(TripletBand.ALL, TripletBand.semiHard(0.5), new BatchHard())) {
        losses.add(new TripletLoss(distance, miner, 0.5, Hinge.RELU, Reduction.MEAN));
      }
    }
    losses.add(TripletLoss.softBatchHard());
    losses.add(new LiftedStructureLoss(1, Reduction.MEAN));
    losses.add(new AngularTripletLoss(40, Reduction.MEAN));
    return losses;
  }

  static List<BatchLoss> byCosine() {
    return List.of(
        NtXentLoss.withTemperature(0.2),
        SupervisedContrastiveLoss.withTemperature(0.2),
        MultiSimilarityLoss.defaults(),
        MultiSimilarityLoss.defaults().withMiner(PairMiner.all()),
        AngularLoss.withAlpha(40).onUnitSphere(),
        AngularNPairLoss.withAlpha(45).withNPair(2).onUnitSphere(),
        TripletLoss.faceNet().onUnitSphere(),
        ContrastiveLoss.withMargin(1).onUnitSphere());
  }

  static List<BatchLoss> byDot() {
    return List.of(AngularLoss.withAlpha(40), NPairLoss.plain(), AngularNPairLoss.withAlpha(40));
  }

  static List<BatchLoss> all() {
    List<BatchLoss> all = new ArrayList<>(euclidean());
    all.addAll(byCosine());
    all.addAll(byDot());
    all.add(new ExponentialContrastiveLoss(6, Reduction.MEAN));
    return all;
  }

  private static RandomBatch random(Seed seed) {
    return RandomBatch.of(seed, 5, 0.5, 3, 4, 1, 5, 2);
  }

  private static LabelledBatch changed(RandomBatch random, double[][] rows) {
    return random.batch().with(Close.embeddings(rows));
  }

  private static void same(double found, double expected) {
    assertThat(found).isCloseTo(expected, Offset.offset(2e-5 * (1 + Math.abs(expected))));
  }

  @ParameterizedTest
  @MethodSource("euclidean")
  void movingAllEmbeddingsChangesNoDistanceAndForcesCancel(BatchLoss loss) {
    Property.holds(
        10,
        seed -> {
          RandomBatch random = random(seed);
          LossResult before = loss.of(random.batch(), WhenEmpty.COUNT);
          double[] shift = {3, -2, 1, 0.5, 7};
          for (double[] row : random.rows()) {
            for (int k = 0; k < row.length; k++) {
              row[k] += shift[k];
            }
          }
          LossResult after = loss.of(changed(random, random.rows()), WhenEmpty.COUNT);
          same(after.value(), before.value());
          for (int k = 0; k < 5; k++) {
            double sum = 0;
            for (int i = k; i < before.gradient().length; i += 5) {
              sum += before.gradient()[i];
            }
            assertThat(sum).as("force along %d", k).isCloseTo(0, Offset.offset(1e-5));
          }
        });
  }

  @ParameterizedTest
  @MethodSource("byCosine")
  void stretchingEmbeddingsChangesNoAngleAndNoForceIsAlongThem(BatchLoss loss) {
    Property.holds(
        10,
        seed -> {
          RandomBatch random = random(seed);
          LossResult before = loss.of(random.batch(), WhenEmpty.COUNT);
          for (int i = 0; i < random.rows().length; i++) {
            double along = 0;
            for (int k = 0; k < 5; k++) {
              along += random.rows()[i][k] * before.gradient()[i * 5 + k];
            }
            assertThat(along).as("along row %d", i).isCloseTo(0, Offset.offset(1e-5));
            for (int k = 0; k < 5; k++) {
              random.rows()[i][k] *= 1 + i;
            }
          }
          same(loss.of(changed(random, random.rows()), WhenEmpty.COUNT).value(), before.value());
        });
  }

  @ParameterizedTest
  @MethodSource("all")
  void turningTheSpaceTurnsTheGradient(BatchLoss loss) {
    if (loss.measure() == Distance.MANHATTAN) {
      return;
    }
    Property.holds(
        10,
        seed -> {
          RandomBatch random = random(seed);
          LossResult before = loss.of(random.batch(), WhenEmpty.COUNT);
          double[] expected = new double[before.gradient().length];
          for (int i = 0; i < expected.length; i++) {
            expected[i] = before.gradient()[i];
          }
          double angle = seed.at("angle").draws().between(0.3, 6);
          for (int i = 0; i < random.rows().length; i++) {
            turn(random.rows()[i], 0, angle);
            turn(expected, i * 5, angle);
          }
          LossResult after = loss.of(changed(random, random.rows()), WhenEmpty.COUNT);
          same(after.value(), before.value());
          Close.gradient(after.gradient(), expected);
        });
  }

  /** Turns coordinates 1 and 3 into each other. */
  private static void turn(double[] values, int at, double angle) {
    double x = values[at + 1];
    double y = values[at + 3];
    values[at + 1] = Math.cos(angle) * x - Math.sin(angle) * y;
    values[at + 3] = Math.sin(angle) * x + Math.cos(angle) * y;
  }

  @ParameterizedTest
  @MethodSource("all")
  void theOrderOfABatchDoesNotMatter(BatchLoss loss) {
    if (loss.name().contains("n-pair")) {
      return; // its pairs are the first two rows of each class
    }
    Property.holds(
        10,
        seed -> {
          RandomBatch random = random(seed);
          LossResult before = loss.of(random.batch(), WhenEmpty.COUNT);
          int count = random.rows().length;
          int[] order = seed.at("order").draws().permutation(count);
          double[][] rows = new double[count][];
          int[] labels = new int[count];
          double[] expected = new double[count * 5];
          for (int i = 0; i < count; i++) {
            rows[i] = random.rows()[order[i]];
            labels[i] = random.batch().labels()[order[i]];
            for (int k = 0; k < 5; k++) {
              expected[i * 5 + k] = before.gradient()[order[i] * 5 + k];
            }
          }
          LossResult after =
              loss.of(LabelledBatch.of(Close.embeddings(rows), labels), WhenEmpty.COUNT);
          same(after.value(), before.value());
          assertThat(after.counts()).isEqualTo(before.counts());
          Close.gradient(after.gradient(), expected);
        });
  }

  @Test
  void scalingActiveTripletsOfSquaredDistancesScalesLossMinusMargin() {
    TripletLoss loss =
        new TripletLoss(
            Distance.SQUARED_EUCLIDEAN, TripletBand.ALL, 1000, Hinge.RELU, Reduction.MEAN);
    RandomBatch random = random(Seed.of(1));
    double before = loss.of(random.batch()).value() - 1000;
    for (double[] row : random.rows()) {
      for (int k = 0; k < row.length; k++) {
        row[k] *= 3;
      }
    }
    assertThat(loss.of(changed(random, random.rows())).value() - 1000)
        .isCloseTo(9 * before, Offset.offset(1e-4 * Math.abs(before)));
  }

  @Test
  void theAngularTripletHasNoMarginSoItScalesWithTheSquare() {
    AngularTripletLoss loss = new AngularTripletLoss(40, Reduction.MEAN);
    RandomBatch random = random(Seed.of(1));
    LossResult before = loss.of(random.batch());
    for (double[] row : random.rows()) {
      for (int k = 0; k < row.length; k++) {
        row[k] *= 2;
      }
    }
    LossResult after = loss.of(changed(random, random.rows()));
    same(after.value(), 4 * before.value());
    assertThat(after.counts()).isEqualTo(before.counts());
  }

  @Test
  void onTheUnitSphereTheTripletFormAndTheExponentOfTheBatchFormDifferByAConstant() {
    Property.holds(
        20,
        seed -> {
          Draws draws = seed.draws();
          double[][] rows = new double[3][4];
          for (double[] row : rows) {
            double length = 0;
            for (int k = 0; k < 4; k++) {
              row[k] = draws.gaussian();
              length += row[k] * row[k];
            }
            for (int k = 0; k < 4; k++) {
              row[k] /= Math.sqrt(length);
            }
          }
          double t = AngularTripletLoss.tanSquared(draws.between(30, 55));
          double ap = dot(rows[0], rows[1]);
          double an = dot(rows[0], rows[2]);
          double pn = dot(rows[1], rows[2]);
          double inside = AngularTripletLoss.inside(t, 2 - 2 * ap, 2 - 2 * an, 2 - 2 * pn);
          double exponent = 4 * t * (an + pn) - 2 * (1 + t) * ap;
          assertThat(inside).isCloseTo(exponent + 2 - 6 * t, Offset.offset(1e-12));
        });
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("all")
  void resultsDoNotDependOnTheNumberOfThreads(BatchLoss loss) {
    int[] sizes = new int[25];
    Arrays.fill(sizes, 6);
    LabelledBatch batch = RandomBatch.of(Seed.of(2), 19, 0.4, sizes).batch();
    LossResult alone = in(new ForkJoinPool(1), loss, batch);
    for (int threads : new int[] {2, 5}) {
      LossResult together = in(new ForkJoinPool(threads), loss, batch);
      assertThat(together.value()).isEqualTo(alone.value());
      assertThat(together.gradient()).isEqualTo(alone.gradient());
      assertThat(together.counts()).isEqualTo(alone.counts());
    }
  }

  private static LossResult in(ForkJoinPool pool, BatchLoss loss, LabelledBatch batch) {
    try {
      return pool.submit(() -> loss.of(batch, WhenEmpty.COUNT)).join();
    } finally {
      pool.shutdown();
    }
  }

  /** Losses that keep some tuples when all embeddings are the same, and tell so by their value. */
  static List<BatchLoss> tellingCollapse() {
    return List.of(
        ContrastiveLoss.withMargin(2),
        new ContrastiveLoss(Distance.EUCLIDEAN, 1, new MultiSimilarityMiner(0.1), Reduction.MEAN),
        new ExponentialContrastiveLoss(6, Reduction.MEAN),
        TripletLoss.batchHard(0.2),
        TripletLoss.softBatchHard(),
        new TripletLoss(
            Distance.SQUARED_EUCLIDEAN, TripletBand.ALL, 0.2, Hinge.RELU, Reduction.MEAN),
        new TripletLoss(Distance.EUCLIDEAN, TripletBand.ALL, 0.2, Hinge.RELU, Reduction.SUM),
        NtXentLoss.withTemperature(0.1),
        SupervisedContrastiveLoss.withTemperature(0.1),
        MultiSimilarityLoss.defaults(),
        new LiftedStructureLoss(1, Reduction.MEAN),
        AngularLoss.withAlpha(40),
        AngularLoss.withAlpha(40).onUnitSphere(),
        NPairLoss.plain());
  }

  @ParameterizedTest
  @MethodSource("tellingCollapse")
  void collapseShowsInTheValue(BatchLoss loss) {
    RandomBatch random = random(Seed.of(6));
    LossResult healthy = loss.of(random.batch());
    assertThat(healthy.atCollapseValue()).isFalse();

    double[] point = {0.3, -0.7, 0.2, 0.9, 0.1};
    double[][] rows = new double[random.rows().length][];
    Arrays.fill(rows, point);
    LossResult collapsed = loss.of(changed(random, rows));
    assertThat(collapsed.atCollapseValue()).isTrue();
    assertThat(collapsed.value())
        .isCloseTo(collapsed.atCollapse(), Offset.offset(1e-5 * (1 + collapsed.value())));
  }

  @Test
  void collapseOfTripletsIsTheMarginOrLogTwo() {
    RandomBatch random = random(Seed.of(6));
    double[][] rows = new double[random.rows().length][5];
    LabelledBatch batch = changed(random, rows);
    assertThat(TripletLoss.batchHard(0.2).of(batch).value()).isCloseTo(0.2, Offset.offset(1e-12));
    assertThat(TripletLoss.softBatchHard().of(batch).value())
        .isCloseTo(0.693147, Offset.offset(1e-6));
  }

  @Test
  void semiHardMiningOfACollapsedBatchFindsNothingAndSaysSo() {
    LabelledBatch batch =
        LabelledBatch.of(new Embeddings(2, new float[] {1, 2, 1, 2, 1, 2}), 1, 1, 2);
    LossResult result = TripletLoss.faceNet().of(batch, WhenEmpty.COUNT);
    assertThat(result.empty()).isTrue();
    assertThat(result.counts()).isEqualTo(new Counts(2, 0, 0));
  }
}
