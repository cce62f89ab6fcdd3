package dev.doppel.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.fewshot.SupportSet;
import dev.doppel.model.Embeddings;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpisodeHeadTest {

  private static final int DIM = 5;

  private static HeadPlan plan(String head) {
    HeadPlan plan = HeadPlan.of(head);
    return new HeadPlan(
        head, 6, plan.steps(), plan.ways(), 1, 1, plan.scope(), 1, 1, plan.rate(), plan.decay(), 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"relation", "graph"})
  void gradientsAgreeWithFiniteDifferences(String name) {
    try (EpisodeHead head = plan(name).begin(DIM);
        PointerScope scope = new PointerScope()) {
      Map<String, Tensor> learned = DoubleCheck.doubles(head.parameters());
      Tensor support = DoubleCheck.noise(1, 1, 6, DIM);
      Tensor queries = DoubleCheck.noise(2, 1, 3, DIM);
      Tensor classes = DoubleCheck.classes(3, 2);
      Tensor answers = DoubleCheck.classes(3, 1);

      double off =
          DoubleCheck.furthestOff(
              learned, () -> head.loss(head.scores(support, classes, queries, learned), answers));

      assertThat(off).isLessThan(1e-5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"relation", "graph"})
  void theOrderOfExamplesAndClassesAndTheOtherQueriesChangeNothing(String name) {
    try (TrainedHead head = new TrainedHead(plan(name), DIM, plan(name).begin(DIM))) {
      Draws draws = Seed.of(5).draws();
      Embeddings rows = noise(8, draws);
      Embeddings queries = noise(3, draws);
      int[] labels = {0, 1, 2, 3, 0, 1, 2, 3};
      int[] order = draws.permutation(8);
      int[] names = draws.permutation(4);
      float[] shuffled = new float[8 * DIM];
      int[] renamed = new int[8];
      for (int i = 0; i < 8; i++) {
        System.arraycopy(rows.values(), order[i] * DIM, shuffled, i * DIM, DIM);
        renamed[i] = names[labels[order[i]]];
      }

      double[][] before = head.scores(new SupportSet(rows, labels, 4), queries);
      double[][] after =
          head.scores(new SupportSet(new Embeddings(DIM, shuffled), renamed, 4), queries);
      double[] alone =
          head.scores(new SupportSet(rows, labels, 4), new Embeddings(DIM, queries.row(2)))[0];

      for (int c = 0; c < 4; c++) {
        for (int q = 0; q < 3; q++) {
          assertThat(after[q][names[c]]).isCloseTo(before[q][c], within(1e-4));
        }
        assertThat(alone[c]).isCloseTo(before[2][c], within(1e-4));
      }
      assertThat(List.of(before[0][0], before[0][1], before[0][2], before[0][3]))
          .doesNotHaveDuplicates();
    }
  }

  private static Embeddings noise(int count, Draws draws) {
    float[] values = new float[count * DIM];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) draws.gaussian();
    }
    return new Embeddings(DIM, values);
  }
}
