package dev.doppel.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.OptionException;
import dev.doppel.error.TrainingException;
import dev.doppel.model.Embeddings;
import dev.doppel.model.Head;
import dev.doppel.random.Seed;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values worked by hand, and what is refused. */
class LossTest {

  private static final Offset<Double> EXACT = Offset.offset(1e-6);

  private static Embeddings rows(int dim, double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return new Embeddings(dim, floats);
  }

  private static double pair(ExponentialContrastiveLoss loss, double energy, boolean same) {
    Pairs pairs = new Pairs(new int[] {0}, new int[] {1}, new boolean[] {same});
    return loss.of(rows(2, 0, 0, energy / 2, -energy / 2), pairs, WhenEmpty.REFUSE).value();
  }

  @Test
  void exponentialPairsCostAsWorkedByHand() {
    ExponentialContrastiveLoss loss = new ExponentialContrastiveLoss(7.3, Reduction.MEAN);
    assertThat(pair(loss, 7.3, true)).isCloseTo(14.6, EXACT);
    assertThat(pair(loss, 0, false)).isCloseTo(14.6, EXACT);
    assertThat(pair(loss, 3.65, true)).isCloseTo(3.65, EXACT);
    assertThat(pair(loss, 3.65, false)).isCloseTo(3.654727, EXACT);
    assertThat(pair(loss, 7.3, false)).isCloseTo(0.12532 * 7.3, Offset.offset(1e-4));
  }

  @Test
  void differentPairsThatAreAlmostEqualAreStillPushedApart() {
    Pairs pairs = new Pairs(new int[] {0}, new int[] {1}, new boolean[] {false});
    float[] gradient =
        new ExponentialContrastiveLoss(7.3, Reduction.MEAN)
            .of(rows(1, 0, 1e-6), pairs, WhenEmpty.REFUSE)
            .gradient();
    assertThat((double) gradient[1]).isCloseTo(-5.54, Offset.offset(1e-4));
    assertThat((double) gradient[0]).isCloseTo(5.54, Offset.offset(1e-4));
  }

  @Test
  void aDifferentPairAtAQuarterOfTheMarginCostsAsWorkedByHand() {
    LabelledBatch batch = LabelledBatch.of(rows(1, 0, 0.25), 1, 2);
    assertThat(ContrastiveLoss.withMargin(1).of(batch).value()).isCloseTo(0.28125, EXACT);
  }

  @Test
  void aDifferentPairBeyondTheMarginCostsNothingAndIsNotPushed() {
    LossResult result = ContrastiveLoss.withMargin(1).of(LabelledBatch.of(rows(1, 0, 1.5), 1, 2));
    assertThat(result.value()).isZero();
    assertThat(result.gradient()).containsOnly(0);
    assertThat(result.counts()).isEqualTo(new Counts(1, 1, 0));
  }

  @Test
  void anActiveTripletOfSquaresIsPushedAsWorkedByHand() {
    Embeddings rows = rows(2, 0.1, 0.2, 0.5, -0.3, 0.4, 0.1);
    Triplets one = new Triplets(new int[] {0}, new int[] {1}, new int[] {2});
    float[] gradient = TripletLoss.faceNet().of(rows, one, WhenEmpty.REFUSE).gradient();
    // 2 (n − p), 2 (p − a), 2 (a − n)
    Close.gradient(gradient, new double[] {-0.2, 0.8, 0.8, -1, -0.6, 0.2});
  }

  @Test
  void theAngularTripletIsAsWorkedByHand() {
    Embeddings rows = rows(2, 2, 1, 1, 3, 2, 2);
    Triplets one = new Triplets(new int[] {0}, new int[] {1}, new int[] {2});
    LossResult result =
        new AngularTripletLoss(Math.toDegrees(Math.atan(0.5)), Reduction.MEAN)
            .of(rows, one, WhenEmpty.REFUSE);
    assertThat(result.value()).isCloseTo(4.75, EXACT);
    // q = a + p − 2n = (−1, 0), t = 1/4: 2 (a − p) − q/2, 2 (p − a) − q/2, q
    Close.gradient(result.gradient(), new double[] {2.5, -4, -1.5, 4, -1, 0});
  }

  @Test
  void givenTuplesOfABatchCostWhatTheBatchDoes() {
    LabelledBatch batch = RandomBatch.odd(Seed.of(8), 5).batch();
    for (Distance distance : Distance.values()) {
      TripletMiner miner = TripletBand.semiHard(0.4);
      TripletLoss loss = new TripletLoss(distance, miner, 0.4, Hinge.RELU, Reduction.MEAN);
      agree(
          loss.of(batch.embeddings(), miner.triplets(batch, distance), WhenEmpty.REFUSE),
          loss.of(batch));
    }
    AngularTripletLoss angular = new AngularTripletLoss(40, Reduction.MEAN);
    agree(
        angular.of(
            batch.embeddings(),
            TripletBand.ALL.triplets(batch, Distance.EUCLIDEAN),
            WhenEmpty.REFUSE),
        angular.of(batch));
    PairMiner mined = new MultiSimilarityMiner(0.2);
    ContrastiveLoss contrastive =
        new ContrastiveLoss(Distance.EUCLIDEAN, 1.2, mined, Reduction.MEAN);
    agree(
        contrastive.of(
            batch.embeddings(), mined.pairs(batch, Distance.EUCLIDEAN), WhenEmpty.REFUSE),
        contrastive.of(batch));
  }

  private static void agree(LossResult one, LossResult other) {
    Close.value(one.value(), other.value());
    assertThat(one.counts().selected()).isEqualTo(other.counts().selected());
    assertThat(one.counts().active()).isEqualTo(other.counts().active());
    double[] expected = new double[other.gradient().length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = other.gradient()[i];
    }
    Close.gradient(one.gradient(), expected);
  }

  @Test
  void smallDistancesFarFromTheOriginKeepTheirDigits() {
    TripletLoss loss = TripletLoss.batchHard(0.5);
    double[][] near = {{0, 0}, {0.001, 0}, {0.003, 0}, {0, 0.002}};
    double[][] far = new double[4][2];
    for (int i = 0; i < 4; i++) {
      far[i][0] = 64 + near[i][0];
      far[i][1] = -64 + near[i][1];
    }
    LossResult here = loss.of(LabelledBatch.of(Close.embeddings(near), 1, 1, 2, 2));
    LossResult there = loss.of(LabelledBatch.of(Close.embeddings(far), 1, 1, 2, 2));
    assertThat(there.value()).isCloseTo(here.value(), Offset.offset(1e-5));
  }

  static List<BatchLoss> losses() {
    return InvarianceTest.all();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void whatIsNoNumberIsRefusedByName(BatchLoss loss) {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      float[] values = new float[12];
      values[7] = bad;
      LabelledBatch batch = LabelledBatch.of(new Embeddings(3, values), 1, 1, 2, 2);
      assertThatThrownBy(() -> loss.of(batch))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("The " + loss.name() + " loss")
          .hasMessageContaining("row 2 has " + bad + " in column 1");
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aBatchWithNothingToCompareIsRefusedOrCounted(BatchLoss loss) {
    LabelledBatch none = LabelledBatch.of(new Embeddings(3, new float[0]));
    assertThatThrownBy(() -> loss.of(none))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching("(?s)The [a-z -]+ loss found nothing to compare.*");
    LossResult counted = loss.of(none, WhenEmpty.COUNT);
    assertThat(counted.empty()).isTrue();
    assertThat(counted.value()).isZero();
    assertThat(counted.atCollapseValue()).isFalse();
  }

  @Test
  void batchesWithoutAPositiveAreEmptyForLossesThatNeedOne() {
    LabelledBatch batch = LabelledBatch.of(rows(2, 1, 2, 3, 4, 5, 7), 1, 2, 3);
    for (BatchLoss loss :
        List.of(
            TripletLoss.batchHard(0.2),
            NtXentLoss.withTemperature(0.1),
            SupervisedContrastiveLoss.withTemperature(0.1),
            new LiftedStructureLoss(1, Reduction.MEAN),
            AngularLoss.withAlpha(40),
            NPairLoss.plain())) {
      LossResult result = loss.of(batch, WhenEmpty.COUNT);
      assertThat(result.empty()).as(loss.name()).isTrue();
      assertThat(result.gradient()).as(loss.name()).containsOnly(0);
    }
  }

  @Test
  void aLossThatOverflowsIsRefused() {
    LabelledBatch batch = LabelledBatch.of(rows(1, 3e38, -3e38, 1, 2), 1, 1, 2, 2);
    assertThatThrownBy(() -> ContrastiveLoss.withMargin(1).of(batch))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("The contrastive loss is");
  }

  @Test
  void eachMeasureHasTheHeadThatRanksAsItDoes() {
    Embeddings rows = rows(2, 1, 1, 1.5, 0.5, -2, 3);
    for (Distance distance : Distance.values()) {
      Head head = distance.head(2);
      assertThat(head.score(rows, 0, rows, 1)).isGreaterThan(head.score(rows, 0, rows, 2));
    }
    assertThat(Distance.MANHATTAN.head(2).score(rows, 0, rows, 2)).isEqualTo(-5);
    assertThat(TripletLoss.faceNet().measure().head(2)).isEqualTo(new Head.Euclidean());
    assertThat(AngularLoss.withAlpha(40).onUnitSphere().measure()).isEqualTo(Similarity.COSINE);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> TripletLoss.batchHard(0))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("FaceNet has 0.2");
    assertThatThrownBy(
            () ->
                new ContrastiveLoss(Distance.SQUARED_EUCLIDEAN, 1, PairMiner.all(), Reduction.MEAN))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("squares it itself");
    assertThatThrownBy(() -> new WeightedSum(NPairLoss.plain(), 1, TripletLoss.faceNet()))
        .isInstanceOf(OptionException.class);
    assertThatThrownBy(() -> NtXentLoss.withTemperature(0)).isInstanceOf(OptionException.class);
    assertThatThrownBy(() -> AngularLoss.withAlpha(Double.NaN)).isInstanceOf(OptionException.class);
    assertThatThrownBy(() -> LabelledBatch.of(rows(1, 1, 2), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
