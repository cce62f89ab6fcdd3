package dev.doppel.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.ToyAlphabets;
import dev.doppel.augment.Distortion;
import dev.doppel.augment.KochDistortion;
import dev.doppel.data.Dataset;
import dev.doppel.image.Preprocess;
import dev.doppel.random.Seed;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClassBatchesTest {

  /** Two alphabets of six characters by six people. */
  private static final Dataset DATA = ToyAlphabets.of(6, 6, 6);

  private static final int CLASSES = 12;
  private static final int SIDE = 8;

  private static final Distortion NONE = Distortion.affine(new KochDistortion(0, 0, 0, 0, 0));

  private static ClassBatches batches(int rotations, int ligatures, Distortion distortion) {
    return new ClassBatches(
        DATA,
        rotations,
        ligatures,
        new DistortedPlanes(Preprocess.ink(SIDE), distortion, false),
        8,
        0,
        Seed.of(1));
  }

  private static long[] labels(Batch batch) {
    return ((Batch.Classes) batch.targets()).labels();
  }

  private static float[] plane(Batch batch, int item) {
    return Arrays.copyOfRange(batch.planes(), item * SIDE * SIDE, (item + 1) * SIDE * SIDE);
  }

  @Test
  void everyClassOfTurnsAndLigaturesComesAndNoOther() {
    ClassBatches batches = batches(4, 2, NONE);
    assertThat(batches.classes()).isEqualTo(CLASSES * (4 + 2));
    Set<Long> seen = new HashSet<>();
    for (int epoch = 0; epoch < 40; epoch++) {
      for (int i = 0; i < batches.batchesPerEpoch(); i++) {
        Arrays.stream(labels(batches.batch(epoch, i))).forEach(seen::add);
      }
    }
    assertThat(seen).hasSize(CLASSES * (4 + 2)).allMatch(each -> each < CLASSES * (4 + 2));
  }

  @Test
  void aLigatureIsAlwaysMadeAlike() {
    ClassBatches batches = batches(1, 3, NONE);
    Map<Long, Set<String>> drawn = new HashMap<>();
    for (int epoch = 0; epoch < 60; epoch++) {
      for (int i = 0; i < batches.batchesPerEpoch(); i++) {
        Batch batch = batches.batch(epoch, i);
        for (int item = 0; item < batch.count(); item++) {
          drawn
              .computeIfAbsent(labels(batch)[item], label -> new HashSet<>())
              .add(Arrays.toString(plane(batch, item)));
        }
      }
    }
    assertThat(drawn).hasSize(CLASSES * 4);
    // As many images as there are hands, though each came several times.
    assertThat(drawn.values()).allMatch(images -> images.size() <= 6);
    assertThat(drawn.get(12L)).doesNotContainAnyElementsOf(drawn.get(13L));
  }

  @Test
  void withoutLigaturesNothingIsAnotherThanBefore() {
    Distortion distortion = Distortion.affine(KochDistortion.PAPER);
    ClassBatches plain =
        new ClassBatches(
            DATA,
            4,
            new DistortedPlanes(Preprocess.ink(SIDE), distortion, false),
            8,
            0,
            Seed.of(1));
    Batch once = plain.batch(1, 3);
    Batch again = batches(4, 0, distortion).batch(1, 3);

    assertThat(plain.classes()).isEqualTo(CLASSES * 4);
    assertThat(again.planes()).containsExactly(once.planes());
    assertThat(labels(again)).containsExactly(labels(once));
  }

  @Test
  void aBatchDependsOnItsAddressAlone() {
    Distortion distortion = Distortion.affine(KochDistortion.PAPER);
    Batch once = batches(2, 2, distortion).batch(1, 3);
    ClassBatches others = batches(2, 2, distortion);
    others.batch(0, 1);

    assertThat(others.batch(1, 3).planes()).containsExactly(once.planes());
  }
}
