package dev.doppel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doppel.Golden;
import dev.doppel.episode.Relation;
import dev.doppel.error.DataException;
import dev.doppel.error.ModelException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RocTest {

  private static final double EXACT = 1e-12;

  static List<Golden> verification() {
    return Golden.cases("metrics.json", "metric", "verification");
  }

  /** Distances are turned round, since our scores are higher for closer pairs. */
  private static double sign(Golden golden) {
    return golden.options().get("higher_is_more_alike").asBoolean() ? 1 : -1;
  }

  private static List<Scored> pairs(Golden golden) {
    double[] scores = Golden.numbers(golden.inputs().get("scores"));
    List<Scored> pairs = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      boolean same = golden.inputs().get("same").get(i).asBoolean();
      pairs.add(new Scored(sign(golden) * scores[i], same ? Relation.SAME : Relation.DIFFERENT));
    }
    return pairs;
  }

  private static double threshold(Golden golden, JsonNode value, double ifNone) {
    return value.isNull() ? ifNone : sign(golden) * value.asDouble();
  }

  @ParameterizedTest
  @MethodSource
  void verification(Golden golden) {
    JsonNode expected = golden.expected();
    Roc roc = new Roc(pairs(golden));

    assertThat(roc.auc()).isCloseTo(expected.get("auc").asDouble(), within(EXACT));
    assertThat(roc.eer()).isCloseTo(expected.get("eer").asDouble(), within(EXACT));
    assertThat(roc.bestAccuracy())
        .isCloseTo(expected.get("best_accuracy").asDouble(), within(EXACT));
    assertThat(roc.bestCorrect()).isEqualTo(expected.get("best_correct").asInt());
    for (JsonNode at : expected.get("tar_at_far")) {
      Roc.Point point = roc.atFar(at.get("far").asDouble());
      assertThat(point.tar()).isCloseTo(at.get("tar").asDouble(), within(EXACT));
      assertThat(point.threshold())
          .isEqualTo(threshold(golden, at.get("threshold"), Double.POSITIVE_INFINITY));
    }
    List<Roc.Range> ranges = new ArrayList<>();
    for (JsonNode range : expected.get("best_thresholds")) {
      ranges.add(
          new Roc.Range(
              threshold(golden, range.get("included_end"), Double.POSITIVE_INFINITY),
              threshold(golden, range.get("excluded_end"), Double.NEGATIVE_INFINITY)));
    }
    assertThat(roc.bestThresholds()).containsExactlyInAnyOrderElementsOf(ranges);
    if (expected.has("far")) {
      assertThat(roc.points().stream().mapToDouble(Roc.Point::far).toArray())
          .containsExactly(Golden.numbers(expected.get("far")), within(EXACT));
      assertThat(roc.points().stream().mapToDouble(Roc.Point::tar).toArray())
          .containsExactly(Golden.numbers(expected.get("tar")), within(EXACT));
    }
  }

  @ParameterizedTest
  @MethodSource("verification")
  void theBestThresholdDecidesAsWellAsItClaims(Golden golden) {
    List<Scored> pairs = pairs(golden);
    Roc roc = new Roc(pairs);
    double threshold = roc.bestThreshold();

    long correct =
        pairs.stream()
            .filter(pair -> (pair.score() >= threshold) == (pair.relation() == Relation.SAME))
            .count();
    assertThat(threshold).isFinite();
    assertThat(correct).isEqualTo(roc.bestCorrect());
  }

  @Test
  void theThresholdOfEqualErrorsBalancesThem() {
    List<Scored> pairs = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      pairs.add(new Scored(i, Relation.DIFFERENT));
      pairs.add(new Scored(i + 40, Relation.SAME));
    }
    Roc roc = new Roc(pairs);

    assertThat(roc.eer()).isCloseTo(0.3, within(EXACT));
    assertThat(roc.eerThreshold()).isEqualTo(70); // 30 of each on the wrong side
  }

  @Test
  void oneKindAloneHasNoThreshold() {
    assertThatThrownBy(() -> new Roc(List.of(new Scored(1, Relation.SAME))))
        .isInstanceOf(DataException.class);
  }

  @Test
  void aScoreIsANumber() {
    assertThatThrownBy(() -> new Scored(Double.NaN, Relation.SAME))
        .isInstanceOf(ModelException.class);
  }

  @Test
  void neighbouringDoublesStillHaveAThresholdBetween() {
    double low = 1;
    double high = Math.nextUp(low);
    Roc roc =
        new Roc(List.of(new Scored(low, Relation.DIFFERENT), new Scored(high, Relation.SAME)));

    assertThat(roc.bestThreshold()).isEqualTo(high);
  }
}
