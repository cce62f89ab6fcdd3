package dev.doppel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.error.OptionException;
import dev.doppel.image.Bitmap;
import dev.doppel.image.Image;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RerankedTest {

  private static final List<Image> IMAGES =
      IntStream.range(0, 5).<Image>mapToObj(i -> new Bitmap.Builder(1 + i, 1).build()).toList();
  private static final int[][] SUPPORT = {{1}, {2}, {3}, {4}};

  /** A matcher that scores image i as told, whatever the query. */
  private static Matcher told(String name, AtomicInteger asked, double... scores) {
    return new Matcher() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Comparison over(List<Image> images) {
        return (first, second) -> {
          asked.incrementAndGet();
          return scores[second];
        };
      }
    };
  }

  private static Matcher.Comparison of(AtomicInteger asked, Reranked.Rule rule, double... slow) {
    Matcher quick = told("quick", new AtomicInteger(), 0, 0.9, 0.8, 0.7, 0.1);
    return new Reranked(quick, told("slow", asked, slow), rule).over(IMAGES);
  }

  @Test
  void theClosestAreLookedAtAgainAndTheOthersStayBehindThem() {
    AtomicInteger asked = new AtomicInteger();

    double[] scores =
        of(asked, new Reranked.Rule(2, 2, 0.5), 0, -0.4, -0.1, 0, 0).scores(0, SUPPORT);

    assertThat(scores[0]).isCloseTo(0.9 - 0.8, within(1e-12));
    assertThat(scores[1]).isCloseTo(0.8 - 0.2, within(1e-12));
    assertThat(scores[2]).isLessThan(scores[1]).isCloseTo(0.7 - 0.8, within(1e-12));
    assertThat(scores[3]).isLessThan(scores[2]);
    assertThat(asked).hasValue(2);
  }

  @Test
  void aClearLeadSettlesIt() {
    AtomicInteger asked = new AtomicInteger();

    double[] scores = of(asked, new Reranked.Rule(2, 2, 0.05), 0, -9, 9, 0, 0).scores(0, SUPPORT);

    assertThat(scores).containsExactly(0.9, 0.8, 0.7, 0.1);
    assertThat(asked).hasValue(0);
  }

  @Test
  void aPairGetsTheSumAndIsLookedAtOnce() {
    AtomicInteger asked = new AtomicInteger();
    Matcher.Comparison comparison = of(asked, Reranked.Rule.CHOSEN, 0, -0.2, 0, 0, 0);

    assertThat(comparison.score(0, 1)).isCloseTo(0.9 - 0.3, within(1e-12));
    assertThat(comparison.score(0, 1)).isEqualTo(comparison.score(0, 1));
    assertThat(asked).hasValue(1);
  }

  @Test
  void aRuleThatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> new Reranked.Rule(1, 1, 1)).isInstanceOf(OptionException.class);
    assertThatThrownBy(() -> new Reranked.Rule(2, 0, 1)).isInstanceOf(OptionException.class);
  }
}
