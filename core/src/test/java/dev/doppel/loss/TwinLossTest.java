package dev.doppel.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.Property;
import dev.doppel.model.Embeddings;
import dev.doppel.random.Seed;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Quick losses against plain ones on random batches, and the plain ones against differences. */
class TwinLossTest {

  /**
   * A loss and its formula.
   *
   * @param name of the case
   * @param quick what is tested
   * @param plain its twin
   */
  record Twins(String name, BatchLoss quick, PlainLoss plain) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Twins> twins() {
    Map<String, Twins> all = new TreeMap<>();
    for (Reduction r : Reduction.values()) {
      for (Distance d : Distance.values()) {
        for (Hinge h : Hinge.values()) {
          triplets(all, d, h, r);
        }
        put(
            all,
            "nearest semi-hard " + d + r,
            new TripletLoss(d, new NearestSemiHard(0.4), 0.4, Hinge.RELU, r),
            PlainLoss.nearestSemiHard(d, 0.4, r));
        if (d != Distance.SQUARED_EUCLIDEAN) {
          put(
              all,
              "contrastive " + d + r,
              new ContrastiveLoss(d, 1.1, PairMiner.all(), r),
              PlainLoss.contrastive(d, 1.1, r));
        }
      }
      for (Similarity s : Similarity.values()) {
        put(all, "nt-xent " + s + r, new NtXentLoss(s, 0.3, r), PlainLoss.ntXent(s, 0.3, r));
        put(
            all,
            "supervised " + s + r,
            new SupervisedContrastiveLoss(s, 0.3, r),
            PlainLoss.supervised(s, 0.3, r));
      }
      put(
          all,
          "exponential " + r,
          new ExponentialContrastiveLoss(4, r),
          PlainLoss.exponential(4, r));
      put(
          all,
          "multi-similarity " + r,
          new MultiSimilarityLoss(Similarity.COSINE, 2, 20, 0.5, PairMiner.all(), r),
          PlainLoss.multiSimilarity(2, 20, 0.5, null, r));
      put(
          all,
          "multi-similarity mined " + r,
          new MultiSimilarityLoss(Similarity.COSINE, 2, 20, 0.5, new MultiSimilarityMiner(0.1), r),
          PlainLoss.multiSimilarity(2, 20, 0.5, 0.1, r));
      put(all, "lifted " + r, new LiftedStructureLoss(1, r), PlainLoss.lifted(1, r));
      for (double alpha : new double[] {36, 50}) {
        put(
            all,
            "angular triplet " + alpha + r,
            new AngularTripletLoss(alpha, r),
            PlainLoss.angularTriplet(alpha, r));
        put(all, "angular " + alpha + r, new AngularLoss(alpha, r), PlainLoss.angular(alpha, r));
        for (AngularNPairLoss.Negatives n : AngularNPairLoss.Negatives.values()) {
          put(
              all,
              "angular n-pair " + alpha + n + r,
              new AngularNPairLoss(alpha, n, r),
              PlainLoss.angularNPair(alpha, n == AngularNPairLoss.Negatives.BOTH, r));
        }
      }
      put(all, "n-pair " + r, new NPairLoss(0, r), PlainLoss.nPair(r));
    }
    return List.copyOf(all.values());
  }

  private static void triplets(Map<String, Twins> all, Distance d, Hinge h, Reduction r) {
    put(
        all,
        "triplets " + d + h + r,
        new TripletLoss(d, TripletBand.ALL, 0.3, h, r),
        PlainLoss.triplet(d, (near, far) -> true, 0.3, h, r));
    put(
        all,
        "hard triplets " + d + h + r,
        new TripletLoss(d, TripletBand.HARD, 0.3, h, r),
        PlainLoss.triplet(d, (near, far) -> far < near, 0.3, h, r));
    put(
        all,
        "semi-hard triplets " + d + h + r,
        new TripletLoss(d, TripletBand.semiHard(0.3), 0.3, h, r),
        PlainLoss.triplet(d, (near, far) -> far > near && far < near + 0.3, 0.3, h, r));
    put(
        all,
        "wider band than margin " + d + h + r,
        new TripletLoss(d, new TripletBand(-0.1, 0.7), 0.3, h, r),
        PlainLoss.triplet(d, (near, far) -> far > near - 0.1 && far < near + 0.7, 0.3, h, r));
    put(
        all,
        "batch-hard triplets " + d + h + r,
        new TripletLoss(d, new BatchHard(), 0.3, h, r),
        PlainLoss.batchHard(d, 0.3, h, r));
  }

  private static void put(Map<String, Twins> all, String name, BatchLoss quick, PlainLoss plain) {
    assertThat(all.put(name, new Twins(name, quick, plain))).isNull();
  }

  @ParameterizedTest
  @MethodSource("twins")
  void aQuickLossIsThePlainOne(Twins twins) {
    Property.holds(
        2,
        seed -> {
          for (int which = 0; which < RandomBatch.ODD; which++) {
            RandomBatch random = RandomBatch.odd(seed.at(which), which);
            LossResult quick = twins.quick.of(random.batch(), WhenEmpty.COUNT);
            PlainLoss.Answer plain = twins.plain.of(random.rows(), random.batch().labels());
            assertThat(quick.counts().selected()).as("selected").isEqualTo(plain.selected());
            assertThat(quick.counts().active()).as("active").isEqualTo(plain.active());
            assertThat(quick.empty()).isEqualTo(plain.selected() == 0);
            Close.value(quick.value(), plain.value());
            Close.gradient(quick.gradient(), plain.gradient());
          }
        });
  }

  @ParameterizedTest
  @MethodSource("twins")
  void withAMemoryToo(Twins twins) {
    if (!(twins.quick instanceof AnchorLoss loss)) {
      return;
    }
    Property.holds(
        3,
        seed -> {
          for (int which : new int[] {0, 3, 5}) {
            RandomBatch random = RandomBatch.odd(seed.at(which), which);
            int live = random.batch().count() / 2;
            LossResult quick =
                loss.of(
                    part(random, 0, live),
                    part(random, live, random.rows().length),
                    WhenEmpty.COUNT);
            PlainLoss.Answer plain = twins.plain.of(random.rows(), random.batch().labels(), live);
            assertThat(quick.counts().selected()).as("selected").isEqualTo(plain.selected());
            Close.value(quick.value(), plain.value());
            Close.gradient(quick.gradient(), plain.gradient());
          }
        });
  }

  private static LabelledBatch part(RandomBatch random, int from, int to) {
    int dim = random.batch().embeddings().dim();
    float[] values = Arrays.copyOfRange(random.batch().embeddings().values(), from * dim, to * dim);
    return LabelledBatch.of(
        new Embeddings(dim, values), Arrays.copyOfRange(random.batch().labels(), from, to));
  }

  @ParameterizedTest
  @MethodSource("twins")
  void itsGradientIsThatOfItsValue(Twins twins) {
    for (int which : new int[] {0, 1}) {
      RandomBatch random = RandomBatch.odd(Seed.of(5).at(which), which);
      int[] labels = random.batch().labels();
      LossResult quick = twins.quick.of(random.batch(), WhenEmpty.COUNT);
      GradientCheck.of(
          quick.gradient(), random.rows(), rows -> twins.plain.of(rows, labels).value());
    }
  }

  @Test
  void everyKindOfBatchLossHasATwin() {
    Set<Class<?>> kinds = new HashSet<>();
    twins().forEach(each -> kinds.add(each.quick.getClass()));
    assertThat(kinds)
        .contains(
            ContrastiveLoss.class,
            ExponentialContrastiveLoss.class,
            TripletLoss.class,
            NtXentLoss.class,
            SupervisedContrastiveLoss.class,
            MultiSimilarityLoss.class,
            LiftedStructureLoss.class,
            AngularTripletLoss.class,
            AngularLoss.class,
            NPairLoss.class,
            AngularNPairLoss.class);
  }
}
