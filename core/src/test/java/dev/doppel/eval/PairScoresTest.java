package dev.doppel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.ToyAlphabets;
import dev.doppel.data.Dataset;
import dev.doppel.data.ImageClass;
import dev.doppel.data.Sample;
import dev.doppel.error.DataException;
import dev.doppel.image.Image;
import dev.doppel.random.Seed;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PairScoresTest {

  private static final PairScores SMALL =
      PairScores.of(new double[] {5, 9, 7, 8}, new double[] {1, 2, 3, 4, 6, 0, 1, 2, 3, 4}, 5, 1);

  private static PairScores of(Dataset data, Matcher matcher) {
    List<ImageClass> classes = PairScores.choose(data);
    List<Image> images =
        classes.stream().flatMap(each -> each.samples().stream()).map(Sample::image).toList();
    return PairScores.of(classes, matcher.over(images), done -> {});
  }

  @Test
  void sharesAreOfPairsThatReachAScore() {
    assertThat(SMALL.far(4)).isEqualTo(0.3);
    assertThat(SMALL.far(4.5)).isEqualTo(0.1);
    assertThat(SMALL.far(7)).isZero();
    assertThat(SMALL.tar(5)).isEqualTo(1);
    assertThat(SMALL.tar(5.1)).isEqualTo(0.75);
  }

  @Test
  void theScoreOfAShareIsTheLowestThatKeepsIt() {
    assertThat(SMALL.scoreAt(0.3)).isEqualTo(Math.nextUp(3.0));
    assertThat(SMALL.scoreAt(0.25)).isEqualTo(Math.nextUp(4.0)); // both fours, or none
    assertThat(SMALL.far(SMALL.scoreAt(0.05))).isZero();
  }

  @Test
  void theThresholdsOfTwoImagesAreFound() {
    assertThat(SMALL.bestScore()).isEqualTo(4.5); // between a different 4 and the same 5
    double equal = SMALL.equalErrorScore();
    assertThat(SMALL.far(equal)).isLessThanOrEqualTo(1 - SMALL.tar(equal));
    assertThat(SMALL.far(Math.nextDown(equal))).isGreaterThan(1 - SMALL.tar(Math.nextDown(equal)));
  }

  @Test
  void everyPairIsScoredOnceAndProgressIsTold() {
    Dataset data = ToyAlphabets.of(3, 4, 5);
    List<ImageClass> classes = PairScores.choose(data);
    AtomicInteger rows = new AtomicInteger();
    PairScores pairs =
        PairScores.of(
            classes, (first, second) -> first * 100 + second, done -> rows.incrementAndGet());

    assertThat(pairs.same()).hasSize(9 * 3).isSorted();
    assertThat(pairs.different()).hasSize(27 * 26 / 2 - 27).isSorted();
    assertThat(pairs.classes()).isEqualTo(9);
    assertThat(rows).hasValue(27);
  }

  @Test
  void noClassOutweighsTheOthers() {
    assertThat(PairScores.choose(ToyAlphabets.of(30, 7)))
        .allSatisfy(each -> assertThat(each.samples()).hasSize(20));
    assertThat(PairScores.choose(ToyAlphabets.of(20, 250, 250)))
        .hasSize(500)
        .allSatisfy(each -> assertThat(each.samples()).hasSize(PairScores.IMAGES / 500));
  }

  @Test
  void supportCountsPairsOfClasses() {
    assertThat(of(ToyAlphabets.of(2, 100, 100), ToyMatcher.oracle()).support())
        .isCloseTo(30 / 19_900.0, within(1e-12));
    assertThat(SMALL.support()).isEqualTo(0.5);
  }

  @Test
  void scoresByChanceAreEvenAndCommonOnesAreNot() {
    Dataset data = ToyAlphabets.of(3, 60, 60);
    ToyMatcher common = // some images score high with everything
        ToyMatcher.of(
            "common",
            (a, b) ->
                (Seed.of(a.hashCode()).draws().chance(0.1) ? 1 : 0)
                    + (Seed.of(b.hashCode()).draws().chance(0.1) ? 1 : 0)
                    + Seed.of(a.hashCode()).at(b.hashCode()).draws().unit() / 100);

    assertThat(of(data, ToyMatcher.random(1)).evenness()).isGreaterThan(3);
    assertThat(of(data, common).evenness()).isLessThan(1);
  }

  @Test
  void oneClassOrSingleImagesAreRefused() {
    assertThatThrownBy(() -> of(ToyAlphabets.of(5, 1), ToyMatcher.oracle()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("0 different pairs of 1 classes");
    assertThatThrownBy(() -> of(ToyAlphabets.of(1, 9), ToyMatcher.oracle()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("0 same");
  }
}
