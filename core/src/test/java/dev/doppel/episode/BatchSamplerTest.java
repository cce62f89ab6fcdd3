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
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchSamplerTest {

  private static final Dataset DATA = ToyAlphabets.of(5, 7, 16);

  @Test
  void aBatchHasDistinctClassesOfDistinctImagesWithTheirLabels() {
    Property.holds(
        20,
        seed -> {
          Batch batch = new BatchSampler(DATA, 6, 4, seed).batch(3, 2);
          assertThat(batch.classes()).hasSize(6).doesNotHaveDuplicates();
          assertThat(batch.flat()).hasSize(24).doesNotHaveDuplicates();
          int[] labels = batch.labels();
          for (int i = 0; i < labels.length; i++) {
            assertThat(DATA.classes().get(labels[i]).samples()).contains(batch.flat().get(i));
          }
        });
  }

  @Test
  void anEpochShowsEachClassAtMostOnceAndLeavesOutOthersEachTime() {
    BatchSampler sampler = new BatchSampler(DATA, 5, 2, Seed.of(1));
    int[] visits = new int[23];
    for (int epoch = 0; epoch < 400; epoch++) {
      List<Integer> seen = new ArrayList<>();
      for (int b = 0; b < sampler.batches(); b++) {
        seen.addAll(sampler.batch(epoch, b).classes());
      }
      assertThat(seen).hasSize(20).doesNotHaveDuplicates();
      seen.forEach(index -> visits[index]++);
    }
    assertThat(Arrays.stream(visits).boxed().toList())
        .allSatisfy(count -> assertThat(count).isBetween(315, 380)); // 348 ± 4 s.d.
  }

  @Test
  void aBatchDependsOnItsAddressAlone() {
    BatchSampler sampler = new BatchSampler(DATA, 5, 2, Seed.of(1));
    Batch late = sampler.batch(7, 3);

    assertThat(new BatchSampler(DATA, 5, 2, Seed.of(1)).batch(7, 3)).isEqualTo(late);
    assertThat(sampler.batch(8, 3)).isNotEqualTo(late);
    assertThatThrownBy(() -> sampler.batch(7, 4)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void whatTheDataCannotSupplyIsRefused() {
    assertThatThrownBy(() -> new BatchSampler(DATA, 24, 2, Seed.of(1)))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("23 classes");
    assertThatThrownBy(() -> new BatchSampler(DATA, 5, 6, Seed.of(1)))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("alphabet00/character00 has 5");
    assertThatThrownBy(() -> new BatchSampler(DATA, 0, 1, Seed.of(1)))
        .isInstanceOf(OptionException.class);
  }
}
