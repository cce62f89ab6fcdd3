package dev.doppel.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.Property;
import dev.doppel.ToyAlphabets;
import dev.doppel.data.Dataset;
import dev.doppel.error.OptionException;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupBatchSamplerTest {

  private static final Dataset DATA = ToyAlphabets.of(5, 7, 16, 3, 9);

  private static String group(int index) {
    return DATA.classes().get(index).group();
  }

  @Test
  void classesComeInRunsOfOneGroup() {
    Property.holds(
        20,
        seed -> {
          GroupBatchSampler sampler = new GroupBatchSampler(DATA, 8, 3, 4, seed);
          for (int b = 0; b < sampler.batches(); b++) {
            Batch batch = sampler.batch(2, b);
            assertThat(batch.classes()).hasSize(8).doesNotHaveDuplicates();
            assertThat(batch.flat()).hasSize(24).doesNotHaveDuplicates();
            for (int i = 0; i < 8; i++) {
              assertThat(group(batch.classes().get(i)))
                  .isEqualTo(group(batch.classes().get(i / 4 * 4)));
            }
            int[] labels = batch.labels();
            for (int i = 0; i < labels.length; i++) {
              assertThat(DATA.classes().get(labels[i]).samples()).contains(batch.flat().get(i));
            }
          }
        });
  }

  @Test
  void anEpochShowsEachClassAtMostOnceAndLeavesOutOthersEachTime() {
    GroupBatchSampler sampler = new GroupBatchSampler(DATA, 4, 2, 4, Seed.of(1));
    assertThat(sampler.batches()).isEqualTo(1 + 4 + 2);
    assertThat(sampler.skipped()).containsExactly("alphabet02 (3)");
    int[] visits = new int[DATA.classes().size()];
    for (int epoch = 0; epoch < 200; epoch++) {
      List<Integer> seen = new ArrayList<>();
      for (int b = 0; b < sampler.batches(); b++) {
        seen.addAll(sampler.batch(epoch, b).classes());
      }
      assertThat(seen).hasSize(28).doesNotHaveDuplicates();
      seen.forEach(index -> visits[index]++);
    }
    Map<String, List<Integer>> byGroup = new HashMap<>();
    for (int i = 0; i < visits.length; i++) {
      byGroup.computeIfAbsent(group(i), g -> new ArrayList<>()).add(visits[i]);
    }
    assertThat(byGroup.get("alphabet01")).containsOnly(200);
    assertThat(byGroup.get("alphabet02")).containsOnly(0);
    assertThat(byGroup.get("alphabet00")).allSatisfy(v -> assertThat(v).isBetween(86, 143)); // 4/7
    assertThat(byGroup.get("alphabet03")).allSatisfy(v -> assertThat(v).isBetween(159, 197)); // 8/9
  }

  @Test
  void aBatchDependsOnItsAddressAlone() {
    GroupBatchSampler sampler = new GroupBatchSampler(DATA, 6, 2, 3, Seed.of(1));
    Batch late = sampler.batch(7, 3);
    assertThat(new GroupBatchSampler(DATA, 6, 2, 3, Seed.of(1)).batch(7, 3)).isEqualTo(late);
    assertThat(sampler.batch(8, 3)).isNotEqualTo(late);
  }

  @Test
  void whatTheDataCannotSupplyIsRefused() {
    assertThatThrownBy(() -> new GroupBatchSampler(DATA, 6, 2, 4, Seed.of(1)))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("multiple");
    assertThatThrownBy(() -> new GroupBatchSampler(DATA, 17, 2, 17, Seed.of(1)))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("hold 0 such runs");
    assertThatThrownBy(() -> new GroupBatchSampler(DATA, 4, 6, 2, Seed.of(1)))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("alphabet00/character00 has 5");
  }

  @Test
  void aCurriculumGrowsHarderStageByStage() {
    List<Curriculum.Stage> stages = Curriculum.doubling(8, 4, 10);
    assertThat(stages)
        .containsExactly(
            new Curriculum.Stage(0, 1), new Curriculum.Stage(10, 2), new Curriculum.Stage(20, 4));
    Curriculum curriculum = new Curriculum(DATA, 8, 2, stages, Seed.of(3));
    assertThat(curriculum.batches()).isEqualTo(3); // 7 runs of 4
    double[] share = new double[3];
    for (int epoch = 0; epoch < 30; epoch++) {
      assertThat(curriculum.stage(epoch)).isEqualTo(stages.get(epoch / 10));
      for (int b = 0; b < curriculum.batches(); b++) {
        share[epoch / 10] += sameGroup(curriculum.batch(epoch, b));
      }
    }
    assertThat(share[0]).isLessThan(share[1]);
    assertThat(share[1]).isLessThan(share[2]);
    assertThat(curriculum.batch(25, 1))
        .isEqualTo(new GroupBatchSampler(DATA, 8, 2, 4, Seed.of(3)).batch(25, 1));
  }

  /** Pairs of classes of one group. */
  private static long sameGroup(Batch batch) {
    return batch.classes().stream()
        .flatMap(a -> batch.classes().stream().filter(b -> group(a).equals(group(b))))
        .count();
  }

  @Test
  void stagesOutOfOrderAreRefused() {
    for (List<Curriculum.Stage> stages :
        Arrays.<List<Curriculum.Stage>>asList(
            List.of(),
            List.of(new Curriculum.Stage(1, 1)),
            List.of(new Curriculum.Stage(0, 1), new Curriculum.Stage(0, 2)))) {
      assertThatThrownBy(() -> new Curriculum(DATA, 4, 2, stages, Seed.of(1)))
          .isInstanceOf(OptionException.class);
    }
  }
}
