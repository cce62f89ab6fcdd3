package dev.doppel.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.ToyAlphabets;
import dev.doppel.augment.Distortion;
import dev.doppel.augment.KochDistortion;
import dev.doppel.data.Dataset;
import dev.doppel.image.Preprocess;
import dev.doppel.random.Seed;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BalancedClassBatchesTest {

  /** Classes 0 to 5 are of one alphabet, 6 to 11 of the other. */
  private static final Dataset DATA = ToyAlphabets.of(6, 6, 6);

  private static BalancedClassBatches batches(Sampling sampling, int rotations) {
    return batches(sampling, rotations, 0);
  }

  private static BalancedClassBatches batches(Sampling sampling, int rotations, double ligatures) {
    MetricOptions plain =
        (MetricOptions) LossChoice.of("nt-xent").on(Presets.named("everyday")).objective();
    MetricOptions options =
        new MetricOptions(
            plain.loss(),
            plain.formula(),
            plain.miner(),
            0,
            sampling,
            0,
            0,
            rotations,
            ligatures,
            plain.whenEmpty(),
            plain.patience());
    return new BalancedClassBatches(
        DATA,
        options,
        new DistortedPlanes(Preprocess.ink(8), Distortion.affine(KochDistortion.PAPER), false),
        8,
        40,
        Seed.of(1));
  }

  @Test
  void aBatchHasPClassesWithKImagesEach() {
    BalancedClassBatches batches = batches(Sampling.balanced(2), 4);

    assertThat(batches.batchesPerEpoch()).isEqualTo(5);
    assertThat(batches.classes()).isEqualTo(48);
    Map<Long, Long> counts =
        Arrays.stream(labels(batches.batch(3, 2)))
            .boxed()
            .collect(Collectors.groupingBy(each -> each, Collectors.counting()));
    assertThat(counts.values()).containsExactly(2L, 2L, 2L, 2L);
  }

  @Test
  void aCharacterIsInABatchInOneTurnAlone() {
    BalancedClassBatches batches = batches(Sampling.balanced(2), 4);
    Set<Long> turns = new HashSet<>();
    for (int epoch = 0; epoch < 6; epoch++) {
      long[] labels = labels(batches.batch(epoch, 0));
      assertThat(Arrays.stream(labels).map(each -> each % 12).distinct().count()).isEqualTo(4);
      Arrays.stream(labels).forEach(each -> turns.add(each / 12));
    }
    assertThat(turns).containsExactlyInAnyOrder(0L, 1L, 2L, 3L);
  }

  @Test
  void ligaturesAreClassesOfTheirOwnWithTheInkOfTwo() {
    Batch plain = batches(Sampling.balanced(2), 1, 0).batch(0, 0);
    Batch joined = batches(Sampling.balanced(2), 1, 1).batch(0, 0);

    assertThat(labels(joined)).containsExactly(12, 12, 13, 13, 14, 14, 15, 15);
    assertThat(joined.planes()).hasSameSizeAs(plain.planes());
    assertThat(joined.planes()).isNotEqualTo(plain.planes());
    for (float ink : joined.planes()) {
      assertThat(ink).isBetween(-1e-6f, 1 + 1e-6f);
    }
  }

  @Test
  void asManyClassesAreLigaturesAsWasAsked() {
    BalancedClassBatches half = batches(Sampling.balanced(2), 1, 0.5);
    long joined = 0;
    for (int i = 0; i < 40; i++) {
      joined += Arrays.stream(labels(half.batch(0, i))).filter(each -> each >= 12).count();
    }
    assertThat(joined).isBetween(120L, 200L); // of 320 images
  }

  @Test
  void aBatchDependsOnItsAddressAlone() {
    Batch once = batches(Sampling.balanced(4), 4).batch(1, 3);
    BalancedClassBatches others = batches(Sampling.balanced(4), 4);
    others.batch(0, 1);
    Batch again = others.batch(1, 3);

    assertThat(again.planes()).containsExactly(once.planes());
    assertThat(labels(again)).containsExactly(labels(once));
    assertThat(((Batch.Classes) again.targets()).seed())
        .isEqualTo(((Batch.Classes) once.targets()).seed());
  }

  @Test
  void classesOfAGroupComeTogetherInTheEndOfACurriculum() {
    BalancedClassBatches grouped = batches(new Sampling(Sampling.Kind.GROUPS, 2, 4, 0), 1);
    assertThat(groups(grouped.batch(0, 1))).hasSize(1);

    BalancedClassBatches curriculum = batches(new Sampling(Sampling.Kind.CURRICULUM, 2, 4, 2), 1);
    assertThat(groups(curriculum.batch(40, 1))).hasSize(1);
    Set<Integer> mixed = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      mixed.add(groups(curriculum.batch(0, i)).size());
    }
    assertThat(mixed).contains(2);
  }

  private static List<Long> groups(Batch batch) {
    return Arrays.stream(labels(batch)).map(each -> each / 6).distinct().boxed().toList();
  }

  private static long[] labels(Batch batch) {
    return ((Batch.Classes) batch.targets()).labels();
  }
}
