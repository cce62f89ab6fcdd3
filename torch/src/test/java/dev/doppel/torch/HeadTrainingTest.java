package dev.doppel.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.ToyAlphabets;
import dev.doppel.data.Dataset;
import dev.doppel.data.ImageClass;
import dev.doppel.episode.EpisodeShape;
import dev.doppel.eval.Episodes;
import dev.doppel.eval.Matcher;
import dev.doppel.fewshot.FewShotMatcher;
import dev.doppel.fewshot.FewShotMethod;
import dev.doppel.fewshot.Prototypical;
import dev.doppel.image.Preprocess;
import dev.doppel.model.Embeddings;
import dev.doppel.model.Encoder;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadTrainingTest {

  private static final int SIGNAL = 4;
  private static final int DIM = 12;

  /** A third of each row tells the class, the rest is noise that a plain distance cannot know. */
  private record HalfBlind() implements Encoder {
    @Override
    public Preprocess preprocess() {
      return Preprocess.ink(8);
    }

    @Override
    public int dim() {
      return DIM;
    }

    @Override
    public float[] embed(float[] planes, int count) {
      float[] rows = new float[count * DIM];
      for (int i = 0; i < count; i++) {
        Draws of = Seed.of(bits(planes, i, 0, 2)).draws();
        Draws noise = Seed.of(bits(planes, i, 0, 3)).at("noise").draws();
        for (int k = 0; k < DIM; k++) {
          rows[i * DIM + k] =
              (float) (k < SIGNAL ? of.gaussian() + 0.15 * noise.gaussian() : noise.gaussian());
        }
      }
      return rows;
    }

    private static long bits(float[] planes, int image, int from, int to) {
      long bits = 0;
      for (int y = from; y < to; y++) {
        for (int x = 0; x < 8; x++) {
          bits = 2 * bits + (planes[image * 64 + y * 8 + x] > 0.5 ? 1 : 0);
        }
      }
      return bits;
    }
  }

  private static final Dataset LEARNED = ToyAlphabets.of(6, 20, 20, 20, 20, 20, 20);
  private static final Dataset ASKED =
      ToyAlphabets.of(6, 1, 1, 1, 1, 1, 1, 20, 20).where("unseen", g -> g.classes().size() > 1);

  private static HeadPlan plan(String head, int updates) {
    return new HeadPlan(
        head,
        24,
        HeadPlan.of(head).steps(),
        5,
        1,
        2,
        EpisodeShape.Scope.ACROSS,
        4,
        updates,
        5e-3,
        1e-3,
        7);
  }

  private static TrainedHead train(HeadPlan plan, List<Double> losses) {
    List<dev.doppel.image.Image> images = new ArrayList<>();
    for (ImageClass each : LEARNED.classes()) {
      each.samples().forEach(sample -> images.add(sample.image()));
    }
    Embeddings rows = new HalfBlind().embed(images);
    return new HeadTraining(plan, LEARNED, rows).run((number, loss) -> losses.add(loss));
  }

  private static double accuracy(FewShotMethod method) {
    Matcher matcher = new FewShotMatcher("toy", new HalfBlind(), method);
    return new Episodes(ASKED, EpisodeShape.across(5, 1), 400, 1).run(matcher).score().accuracy();
  }

  @ParameterizedTest
  @ValueSource(strings = {"relation", "graph"})
  void aHeadLearnsWhatToLookAtAndKnowsItOfClassesItNeverSaw(String name) {
    double plain = accuracy(Prototypical.paper());
    try (TrainedHead head = train(plan(name, 250), new ArrayList<>())) {
      assertThat(accuracy(head)).isGreaterThan(plain + 0.08).isGreaterThan(0.6);
      assertThat(head.transductive()).isFalse();
    }
  }

  @Test
  void theSamePlanGivesTheSameBitsAndAnotherSeedOthers() {
    List<Double> first = new ArrayList<>();
    List<Double> again = new ArrayList<>();
    HeadPlan plan = plan("graph", 5);
    try (TrainedHead one = train(plan, first);
        TrainedHead two = train(plan, again);
        TrainedHead copy = new TrainedHead(plan, DIM, one.weights())) {
      assertThat(again).isEqualTo(first).hasSize(5);
      for (String name : one.weights().values().keySet()) {
        assertThat(two.weights().get(name)).isEqualTo(one.weights().get(name));
        assertThat(copy.weights().get(name)).isEqualTo(one.weights().get(name));
      }
    }
    HeadPlan other =
        new HeadPlan("graph", 24, 2, 5, 1, 2, EpisodeShape.Scope.ACROSS, 4, 5, 5e-3, 1e-3, 8);
    List<Double> others = new ArrayList<>();
    train(other, others).close();
    assertThat(others).isNotEqualTo(first);
  }
}
