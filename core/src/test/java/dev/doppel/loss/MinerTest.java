package dev.doppel.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.Property;
import dev.doppel.error.OptionException;
import dev.doppel.model.Embeddings;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Miners against their definitions, over every triplet or pair there is. */
class MinerTest {

  /** Whether a triplet is one, by rows. */
  private interface Definition {
    boolean keeps(double[][] rows, int[] labels, int a, int p, int n);
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += (a[k] - b[k]) * (a[k] - b[k]);
    }
    return Math.sqrt(sum);
  }

  private static List<List<Integer>> written(Triplets triplets) {
    List<List<Integer>> all = new ArrayList<>();
    for (int i = 0; i < triplets.count(); i++) {
      all.add(List.of(triplets.anchors()[i], triplets.positives()[i], triplets.negatives()[i]));
    }
    return all;
  }

  private static List<List<Integer>> byDefinition(RandomBatch random, Definition definition) {
    int[] labels = random.batch().labels();
    List<List<Integer>> all = new ArrayList<>();
    for (int a = 0; a < labels.length; a++) {
      for (int p = 0; p < labels.length; p++) {
        for (int n = 0; n < labels.length; n++) {
          if (p != a
              && labels[p] == labels[a]
              && labels[n] != labels[a]
              && definition.keeps(random.rows(), labels, a, p, n)) {
            all.add(List.of(a, p, n));
          }
        }
      }
    }
    return all;
  }

  private static void agree(TripletMiner miner, Definition definition) {
    Property.holds(
        2,
        seed -> {
          for (int which = 0; which < RandomBatch.ODD; which++) {
            RandomBatch random = RandomBatch.odd(seed.at(which), which);
            assertThat(written(miner.triplets(random.batch(), Distance.EUCLIDEAN)))
                .containsExactlyElementsOf(byDefinition(random, definition));
          }
        });
  }

  @Test
  void allKeepsEveryTriplet() {
    agree(TripletBand.ALL, (x, labels, a, p, n) -> true);
  }

  @Test
  void hardKeepsNegativesCloserThanThePositive() {
    agree(TripletBand.HARD, (x, labels, a, p, n) -> distance(x[a], x[n]) < distance(x[a], x[p]));
  }

  @Test
  void semiHardKeepsNegativesBeyondThePositiveAndWithinTheMargin() {
    agree(
        TripletBand.semiHard(0.3),
        (x, labels, a, p, n) -> {
          double by = distance(x[a], x[n]) - distance(x[a], x[p]);
          return by > 0 && by < 0.3;
        });
  }

  @Test
  void nearestSemiHardKeepsNoneThatHasACloserOne() {
    Definition semiHard =
        (x, labels, a, p, n) -> {
          double by = distance(x[a], x[n]) - distance(x[a], x[p]);
          return by > 0 && by < 0.3;
        };
    agree(
        new NearestSemiHard(0.3),
        (x, labels, a, p, n) -> {
          boolean keeps = semiHard.keeps(x, labels, a, p, n);
          for (int other = 0; other < labels.length; other++) {
            keeps &=
                labels[other] == labels[a]
                    || !semiHard.keeps(x, labels, a, p, other)
                    || distance(x[a], x[other]) >= distance(x[a], x[n]);
          }
          return keeps;
        });
  }

  @Test
  void aNegativeAsFarAsThePositiveOrTheMarginIsNotSemiHard() {
    float[] onALine = {0, 1, -1, -1.5f, -2, 1.5f};
    LabelledBatch batch = LabelledBatch.of(new Embeddings(1, onALine), 1, 1, 2, 2, 2, 2);
    assertThat(written(TripletBand.semiHard(1).triplets(batch, Distance.EUCLIDEAN)))
        .contains(List.of(0, 1, 3), List.of(0, 1, 5))
        .doesNotContain(List.of(0, 1, 2), List.of(0, 1, 4));
    assertThat(written(new NearestSemiHard(1).triplets(batch, Distance.EUCLIDEAN)))
        .contains(List.of(0, 1, 3))
        .noneMatch(triplet -> triplet.get(0) == 0 && triplet.get(2) != 3);
  }

  @Test
  void batchHardKeepsTheFurthestPositiveWithTheNearestNegative() {
    agree(
        new BatchHard(),
        (x, labels, a, p, n) -> {
          boolean hardest = true;
          for (int other = 0; other < labels.length; other++) {
            if (other != a) {
              hardest &=
                  labels[other] == labels[a]
                      ? distance(x[a], x[other]) <= distance(x[a], x[p])
                      : distance(x[a], x[other]) >= distance(x[a], x[n]);
            }
          }
          return hardest;
        });
  }

  @Test
  void angularKeepsWideAnglesAtTheNegative() {
    agree(
        new AngularMiner(25),
        (x, labels, a, p, n) -> {
          double[] centre = new double[x[a].length];
          for (int k = 0; k < centre.length; k++) {
            centre[k] = (x[a][k] + x[p][k]) / 2;
          }
          double angle = Math.atan(distance(x[a], x[p]) / (2 * distance(x[n], centre)));
          return Math.toDegrees(angle) > 25;
        });
  }

  @Test
  void angularLooksAtDistancesWhateverTheLosssMeasure() {
    RandomBatch random = RandomBatch.odd(Seed.of(3), 5);
    AngularMiner miner = new AngularMiner(25);
    assertThat(written(miner.triplets(random.batch(), Distance.SQUARED_EUCLIDEAN)))
        .isNotEmpty()
        .isEqualTo(written(miner.triplets(random.batch(), Distance.EUCLIDEAN)));
  }

  @Test
  void multiSimilarityKeepsPairsNotYetApartFromTheOtherKind() {
    Property.holds(
        2,
        seed -> {
          for (int which = 0; which < RandomBatch.ODD; which++) {
            RandomBatch random = RandomBatch.odd(seed.at(which), which);
            Pairs pairs = new MultiSimilarityMiner(0.2).pairs(random.batch(), Distance.EUCLIDEAN);
            List<List<Integer>> found = new ArrayList<>();
            for (int i = 0; i < pairs.count(); i++) {
              found.add(List.of(pairs.first()[i], pairs.second()[i]));
            }
            assertThat(found).containsExactlyInAnyOrderElementsOf(notApart(random, 0.2));
          }
        });
  }

  private static List<List<Integer>> notApart(RandomBatch random, double epsilon) {
    int[] labels = random.batch().labels();
    List<List<Integer>> kept = new ArrayList<>();
    for (int a = 0; a < labels.length; a++) {
      for (int j = 0; j < labels.length; j++) {
        boolean same = labels[j] == labels[a];
        for (int other = 0; other < labels.length && j != a; other++) {
          double ahead =
              distance(random.rows()[a], random.rows()[j])
                  - distance(random.rows()[a], random.rows()[other]);
          if (other != a
              && (labels[other] == labels[a]) != same
              && (same ? ahead > -epsilon : -ahead > -epsilon)) {
            kept.add(List.of(a, j));
            break;
          }
        }
      }
    }
    return kept;
  }

  @Test
  void distanceWeightedDrawsAllDistancesAlike() {
    RandomBatch raw = RandomBatch.of(Seed.of(4), 6, 1, 2, 9, 9);
    RandomBatch random = unit(raw);
    int anchor = 0;
    while (count(random.batch().labels(), random.batch().labels()[anchor]) != 2) {
      anchor++;
    }
    int rounds = 1500;
    int[] drawn = new int[20];
    for (int round = 0; round < rounds; round++) {
      LabelledBatch batch =
          new LabelledBatch(
              random.batch().embeddings(), random.batch().labels(), Seed.of(9).at(round));
      Triplets triplets = DistanceWeighted.defaults().triplets(batch, Distance.EUCLIDEAN);
      for (int i = 0; i < triplets.count(); i++) {
        if (triplets.anchors()[i] == anchor) {
          drawn[triplets.negatives()[i]]++;
        }
      }
    }
    double[] weights = new double[20];
    double total = 0;
    for (int n = 0; n < weights.length; n++) {
      double d = distance(random.rows()[anchor], random.rows()[n]);
      if (random.batch().labels()[n] != random.batch().labels()[anchor] && d <= 1.4) {
        double at = Math.max(0.5, d);
        weights[n] = 1 / (Math.pow(at, 4) * Math.pow(1 - at * at / 4, 1.5));
        total += weights[n];
      }
    }
    assertThat(total).isPositive();
    for (int n = 0; n < weights.length; n++) {
      double share = weights[n] / total;
      double deviation = 5 * Math.sqrt(share * (1 - share) / rounds);
      assertThat((double) drawn[n] / rounds)
          .as("negative %d", n)
          .isBetween(share - deviation, share + deviation);
    }
  }

  private static int count(int[] labels, int label) {
    int count = 0;
    for (int each : labels) {
      count += each == label ? 1 : 0;
    }
    return count;
  }

  /** The same batch on the unit sphere. */
  private static RandomBatch unit(RandomBatch random) {
    double[][] rows = random.rows();
    for (double[] row : rows) {
      double length = distance(row, new double[row.length]);
      for (int k = 0; k < row.length; k++) {
        row[k] /= length;
      }
    }
    return new RandomBatch(random.batch().with(Close.embeddings(rows)), rows);
  }

  @Test
  void distanceWeightedDependsOnItsSeedAlone() {
    LabelledBatch batch = unit(RandomBatch.of(Seed.of(4), 6, 1, 5, 9, 9)).batch();
    DistanceWeighted miner = DistanceWeighted.defaults();
    List<List<Integer>> first = written(miner.triplets(batch, Distance.EUCLIDEAN));
    assertThat(written(miner.triplets(batch, Distance.EUCLIDEAN))).isEqualTo(first).isNotEmpty();
    LabelledBatch other = new LabelledBatch(batch.embeddings(), batch.labels(), Seed.of(77));
    assertThat(written(miner.triplets(other, Distance.EUCLIDEAN))).isNotEqualTo(first);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> new TripletBand(1, 1)).isInstanceOf(OptionException.class);
    assertThatThrownBy(() -> new DistanceWeighted(0.5, 2)).isInstanceOf(OptionException.class);
    assertThatThrownBy(() -> new AngularMiner(90)).isInstanceOf(OptionException.class);
    assertThatThrownBy(() -> new NearestSemiHard(0)).isInstanceOf(OptionException.class);
    assertThatThrownBy(
            () ->
                new TripletLoss(
                    Distance.MANHATTAN, new AngularMiner(40), 0.2, Hinge.RELU, Reduction.MEAN))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("measures angles");
  }
}
