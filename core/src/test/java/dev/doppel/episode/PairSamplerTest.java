package dev.doppel.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.Property;
import dev.doppel.ToyAlphabets;
import dev.doppel.data.Dataset;
import dev.doppel.error.OptionException;
import dev.doppel.random.Seed;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PairSamplerTest {

  /** Alphabets of very unequal size. */
  private static final Dataset DATA = ToyAlphabets.of(3, 2, 5, 40);

  @ParameterizedTest
  @EnumSource
  void noPairHoldsOneImageTwiceAndItsRelationIsTrue(Negatives negatives) {
    Property.holds(
        20,
        seed ->
            assertThat(new PairSampler(DATA, 600, negatives, seed).pairs())
                .allSatisfy(
                    pair -> {
                      assertThat(pair.first()).isNotEqualTo(pair.second());
                      assertThat(pair.first().sameClass(pair.second()))
                          .isEqualTo(pair.relation() == Relation.SAME);
                    }));
  }

  @Test
  void everyAlphabetGivesAsManyPairsOfEachRelation() {
    Map<List<Object>, Long> counts =
        new PairSampler(DATA, 600, Negatives.SAME_GROUP, Seed.of(1))
            .pairs()
            .collect(
                Collectors.groupingBy(
                    pair -> List.of(pair.first().group(), pair.relation()), Collectors.counting()));

    assertThat(counts).hasSize(6).allSatisfy((key, count) -> assertThat(count).isEqualTo(100));
  }

  @Test
  void differentPairsStayInTheirAlphabetUnlessAskedOtherwise() {
    assertThat(new PairSampler(DATA, 600, Negatives.SAME_GROUP, Seed.of(1)).pairs())
        .allMatch(pair -> pair.first().group().equals(pair.second().group()));

    long mixed =
        new PairSampler(DATA, 6000, Negatives.ANY, Seed.of(1))
            .pairs()
            .filter(pair -> !pair.first().group().equals(pair.second().group()))
            .count();
    assertThat(mixed).isBetween(1900L, 2300L); // of 3000 different ones two thirds, and some more
  }

  @Test
  void anyPairCanBeDrawnAlone() {
    PairSampler sampler = new PairSampler(DATA, 100, Negatives.ANY, Seed.of(5));
    List<Pair> all = sampler.pairs().toList();

    assertThat(sampler.pair(73)).isEqualTo(all.get(73));
    assertThat(new PairSampler(DATA, 1000, Negatives.ANY, Seed.of(5)).pair(73))
        .isEqualTo(all.get(73));
    assertThat(new PairSampler(DATA, 100, Negatives.ANY, Seed.of(6)).pairs().toList())
        .isNotEqualTo(all);
  }

  @Test
  void everyImageIsReached() {
    assertThat(
            new PairSampler(DATA, 6000, Negatives.SAME_GROUP, Seed.of(2))
                .pairs()
                .flatMap(pair -> List.of(pair.first(), pair.second()).stream())
                .distinct()
                .count())
        .isEqualTo(47 * 3);
  }

  @Test
  void aLoneClassMeetsOnlyStrangers() {
    Dataset lone = ToyAlphabets.of(2, 1, 3);

    assertThat(new PairSampler(lone, 100, Negatives.ANY, Seed.of(3)).pairs()).hasSize(100);
    assertThatThrownBy(() -> new PairSampler(lone, 100, Negatives.SAME_GROUP, Seed.of(3)))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("alphabet00");
  }

  @Test
  void dataWithOneDrawerIsRefused() {
    assertThatThrownBy(
            () -> new PairSampler(ToyAlphabets.of(1, 4), 10, Negatives.SAME_GROUP, Seed.of(1)))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("two images of one class");
  }

  @Test
  void fewerThanTwoPairsAreRefused() {
    assertThatThrownBy(() -> new PairSampler(DATA, 0, Negatives.ANY, Seed.of(1)))
        .isInstanceOf(OptionException.class);
  }
}
