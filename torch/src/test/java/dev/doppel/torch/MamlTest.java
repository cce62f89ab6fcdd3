package dev.doppel.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.data.Dataset;
import dev.doppel.data.glyph.GlyphAlphabets;
import dev.doppel.episode.EpisodeShape;
import dev.doppel.eval.Episodes;
import dev.doppel.image.Image;
import dev.doppel.network.ResidualNet;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MamlTest {

  private static final TaskNet NET = new TaskNet(8, 3);

  private static MamlPlan plan(boolean firstOrder, int updates) {
    return new MamlPlan(
        20, 16, firstOrder, 0.3, 2, 2, 5, 1, 2, EpisodeShape.Scope.ACROSS, 4, 4, updates, 3e-3, 2);
  }

  /** How far the outer gradient is from the differences of the loss after the inner steps. */
  private static double furthestOff(boolean firstOrder) {
    MamlPlan tiny =
        new MamlPlan(
            8, 3, firstOrder, 0.4, 2, 2, 3, 2, 2, EpisodeShape.Scope.ACROSS, 1, 1, 1, 1e-3, 4);
    try (TaskLearner learner = new TaskLearner(tiny);
        PointerScope scope = new PointerScope()) {
      Map<String, Tensor> start = DoubleCheck.doubles(learner.start());
      Tensor examples = DoubleCheck.noise(5, 1, 6, 1, 8, 8);
      Tensor queries = DoubleCheck.noise(6, 1, 6, 1, 8, 8);
      Tensor classes = DoubleCheck.classes(3, 2);
      Maml maml = new Maml(NET, 0.4, firstOrder);
      return DoubleCheck.furthestOff(
          start,
          () ->
              Maml.loss(
                  maml.logits(queries, maml.adapted(start, examples, classes, 3, true)), classes));
    }
  }

  @Test
  void theFullGradientAgreesWithFiniteDifferencesThroughTheInnerSteps() {
    assertThat(furthestOff(false)).isLessThan(1e-5);
  }

  @Test
  void theFirstOrderGradientIsAnotherOne() {
    assertThat(furthestOff(true)).isGreaterThan(1e-2);
  }

  @Test
  void classesHaveNoOrderAndQueriesDoNotSeeEachOther() {
    List<Image> images = new ArrayList<>();
    GlyphAlphabets.generate(Seed.of(3), 1, 5, 3).samples().forEach(s -> images.add(s.image()));
    try (TaskLearner learner = new TaskLearner(plan(false, 1))) {
      var answers = learner.over(images);
      int[][] support = {{0, 1}, {3, 4}, {6, 7}, {9, 10}};
      int[][] turned = {{10, 9}, {0, 1}, {7, 6}, {3, 4}};
      double[][] before = answers.scores(new int[] {2, 5, 14}, support);
      double[] after = answers.scores(5, turned);

      int[] places = {1, 3, 2, 0};
      for (int way = 0; way < 4; way++) {
        assertThat(after[places[way]]).isCloseTo(before[1][way], within(1e-4));
      }
      assertThat(before[1][1]).isNotEqualTo(before[1][0]);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void itLearnsToLearnAlphabetsItNeverSaw(boolean firstOrder) {
    Dataset learned = GlyphAlphabets.generate(Seed.of(1), 6, 12, 6);
    Dataset asked = GlyphAlphabets.generate(Seed.of(2), 3, 12, 6);
    Episodes protocol = new Episodes(asked, EpisodeShape.across(5, 1), 300, 1);
    try (TaskLearner before = new TaskLearner(plan(firstOrder, 1));
        TaskLearner after = new MamlTraining(plan(firstOrder, 150), learned).run((n, loss) -> {})) {
      double start = protocol.run(before).score().accuracy();
      double end = protocol.run(after).score().accuracy();

      assertThat(end).isGreaterThan(0.5).isGreaterThan(start + 0.05); // chance is 0.2
    }
  }

  @Test
  void theSamePlanGivesTheSameBits() {
    Dataset data = GlyphAlphabets.generate(Seed.of(1), 2, 8, 4);
    List<Double> first = new ArrayList<>();
    List<Double> again = new ArrayList<>();
    new MamlTraining(plan(false, 4), data).run((n, loss) -> first.add(loss)).close();
    new MamlTraining(plan(false, 4), data).run((n, loss) -> again.add(loss)).close();

    assertThat(again).isEqualTo(first).hasSize(4);
  }

  @Test
  void batchNormsAreRefused() {
    ResidualNet normed = new ResidualNet(16, 1, 4, 2, List.of(8), 8);

    assertThatThrownBy(() -> new Maml(normed, 0.1, true)).hasMessageContaining("batch norms");
  }
}
