package dev.doppel.fewshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.ToyAlphabets;
import dev.doppel.data.Dataset;
import dev.doppel.episode.EpisodeShape;
import dev.doppel.episode.Negatives;
import dev.doppel.error.OptionException;
import dev.doppel.eval.Episodes;
import dev.doppel.eval.Koch400;
import dev.doppel.eval.Matcher;
import dev.doppel.eval.Verification;
import dev.doppel.image.Image;
import dev.doppel.image.Preprocess;
import dev.doppel.model.Encoder;
import dev.doppel.model.EncoderMatcher;
import dev.doppel.model.Head;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FewShotMatcherTest {

  private static final Dataset DATA = ToyAlphabets.of(6, 8, 8);

  /** Pixels, with noise enough to be wrong at times. */
  private record Pixels() implements Encoder {
    @Override
    public Preprocess preprocess() {
      return Preprocess.ink(8);
    }

    @Override
    public int dim() {
      return 64;
    }

    @Override
    public float[] embed(float[] planes, int count) {
      float[] rows = planes.clone();
      for (int i = 0; i < count; i++) {
        Draws draws =
            Seed.of(Arrays.hashCode(Arrays.copyOfRange(rows, i * 64, i * 64 + 64))).draws();
        for (int k = 0; k < 64; k++) {
          rows[i * 64 + k] += (float) (0.4 * draws.gaussian());
        }
      }
      return rows;
    }
  }

  @Test
  void oneShotByTheNearestIsWhatTheHeadSays() {
    Koch400 protocol = new Koch400(DATA, 6, 2, 1, 3);
    Matcher head = new EncoderMatcher("toy", new Pixels(), new Head.Cosine());
    Matcher nearest = new FewShotMatcher("toy", new Pixels(), NearestNeighbours.defaults());

    double accuracy = protocol.run(head).score().accuracy();

    assertThat(protocol.run(nearest).score().accuracy()).isEqualTo(accuracy).isBetween(0.3, 0.99);
    assertThat(protocol.run(nearest).score().model()).isEqualTo("toy, knn");
  }

  @Test
  void queriesThatShareASupportSetAreAskedTogether() {
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Matcher counting =
        new Matcher() {
          @Override
          public String name() {
            return "counting";
          }

          @Override
          public Comparison over(List<Image> images) {
            return new Comparison() {
              @Override
              public double score(int first, int second) {
                return Seed.of(first).at(second).draws().unit();
              }

              @Override
              public double[][] scores(int[] queries, int[][] support) {
                asked.incrementAndGet();
                most.accumulateAndGet(queries.length, Math::max);
                return Comparison.super.scores(queries, support);
              }
            };
          }
        };
    new Koch400(DATA, 6, 2, 1, 3).run(counting);

    assertThat(asked).hasValue(4); // two alphabets, two rounds
    assertThat(most).hasValue(6);
  }

  @Test
  void aTransductiveFigureSaysSoAndNeedsQueriesThatShareASupportSet() {
    Matcher refined =
        new FewShotMatcher("toy", new Pixels(), new Prototypical(Space.EUCLIDEAN, 2, 1, false));

    assertThat(new Koch400(DATA, 6, 2, 1, 3).run(refined).score().model())
        .startsWith("toy, prototypical (TRANSDUCTIVE");
    assertThat(new Episodes(DATA, EpisodeShape.within(5, 1), 80, 8, 1).run(refined).score().model())
        .contains("TRANSDUCTIVE");
    assertThatThrownBy(() -> new Episodes(DATA, EpisodeShape.within(5, 1), 20, 1).run(refined))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("asked about one query");
  }

  @Test
  void noMethodFindsTheAnswerWhereImagesTellNothing() {
    Encoder blind =
        new Encoder() {
          @Override
          public Preprocess preprocess() {
            return Preprocess.ink(8);
          }

          @Override
          public int dim() {
            return 4;
          }

          @Override
          public float[] embed(float[] planes, int count) {
            float[] rows = new float[count * 4];
            for (int i = 0; i < rows.length; i++) {
              int image = Arrays.hashCode(Arrays.copyOfRange(planes, i / 4 * 64, i / 4 * 64 + 64));
              rows[i] = (float) Seed.of(image).at(i % 4).draws().gaussian();
            }
            return rows;
          }
        };
    Koch400 protocol = new Koch400(DATA, 8, 30, 1, 3);
    for (Prototypical method :
        List.of(Prototypical.paper(), new Prototypical(Space.COSINE, 5, 10, true))) {
      double accuracy = protocol.run(new FewShotMatcher("blind", blind, method)).score().accuracy();
      assertThat(accuracy).isBetween(0.06, 0.2); // chance is 0.125
    }
  }

  @Test
  void pairsAreNoQuestionForAMethod() {
    Matcher nearest = new FewShotMatcher("toy", new Pixels(), NearestNeighbours.defaults());

    assertThatThrownBy(() -> new Verification(DATA, DATA, Negatives.ANY, 20, 1).run(nearest))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("compared by knn");
  }

  @Test
  void moreShotsHelp() {
    Matcher prototypical = new FewShotMatcher("toy", new Pixels(), Prototypical.paper());

    double one =
        new Episodes(DATA, EpisodeShape.across(8, 1), 400, 1).run(prototypical).score().accuracy();
    double five =
        new Episodes(DATA, EpisodeShape.across(8, 5), 400, 1).run(prototypical).score().accuracy();

    assertThat(five).isGreaterThan(one + 0.03);
  }
}
