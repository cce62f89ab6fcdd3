package dev.doppel.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.ToyAlphabets;
import dev.doppel.augment.Distortion;
import dev.doppel.data.Dataset;
import dev.doppel.error.OptionException;
import dev.doppel.image.Preprocess;
import dev.doppel.option.Settings;
import dev.doppel.random.Seed;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassBatchesTest {

  private static final int CHARACTERS = 12;
  private static final int SIDE = 20;
  private static final Dataset DATA = ToyAlphabets.of(6, 6, 6);

  private static ClassBatches batches(int rotations, int signs, double ligatures) {
    return new ClassBatches(
        DATA,
        rotations,
        signs,
        ligatures,
        new DistortedPlanes(Preprocess.ink(SIDE), Distortion.NONE, false),
        12,
        120,
        Seed.of(1));
  }

  @Test
  void everyWayToLieIsAClass() {
    ClassBatches batches = batches(8, 0, 0);

    assertThat(batches.classes()).isEqualTo(8 * CHARACTERS);
    long[] seen = new long[8];
    for (int i = 0; i < 20; i++) {
      for (long label : labels(batches.batch(0, i))) {
        seen[(int) (label / CHARACTERS)]++;
      }
    }
    assertThat(seen).doesNotContain(0L);
  }

  @Test
  void signsComeAsOftenAsAsked() {
    ClassBatches batches = batches(4, 30, 0.25);

    assertThat(batches.classes()).isEqualTo(4 * CHARACTERS + 30);
    long signs = 0;
    for (int i = 0; i < 50; i++) {
      for (long label : labels(batches.batch(0, i))) {
        assertThat(label).isBetween(0L, batches.classes() - 1L);
        signs += label >= 4 * CHARACTERS ? 1 : 0;
      }
    }
    assertThat(signs).isBetween(110L, 190L); // of 600
  }

  /** Undistorted, a sign by the same two drawers is the same picture, and no other sign is. */
  @Test
  void aSignStaysTheSameSign() {
    ClassBatches batches = batches(1, 3, 0.9);
    Map<Integer, Long> signOfPicture = new HashMap<>();
    int again = 0;
    for (int i = 0; i < 100; i++) {
      Batch batch = batches.batch(0, i);
      long[] labels = labels(batch);
      for (int k = 0; k < labels.length; k++) {
        if (labels[k] >= CHARACTERS) {
          int area = SIDE * SIDE;
          int picture =
              Arrays.hashCode(Arrays.copyOfRange(batch.planes(), k * area, (k + 1) * area));
          Long before = signOfPicture.put(picture, labels[k]);
          assertThat(before == null || before == labels[k]).isTrue();
          again += before == null ? 0 : 1;
        }
      }
    }
    assertThat(again).isGreaterThan(500); // 3 signs by 36 pairs of drawers, of some 1,080
  }

  @Test
  void whatCannotBeJoinedIsRefused() {
    assertThatThrownBy(() -> new CosineSoftmaxOptions(20, 0.1, 0, 4, 10, 0))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("objective.ligatures");
    assertThatThrownBy(() -> new CosineSoftmaxOptions(20, 0.1, 0, 4, 0, 0.5))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("objective.signs");
    assertThatThrownBy(() -> new CosineSoftmaxOptions(20, 0.1, 0, 9))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("1 to 8");
  }

  @Test
  void noTwoSignsAreAlike() {
    assertThatThrownBy(() -> batches(1, 67, 0.5)) // of 12 by 11
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("66 at most");
    assertThat(batches(1, 66, 0.5).classes()).isEqualTo(CHARACTERS + 66);
  }

  @Test
  void whatWouldBeOfTwoClassesIsRefused() {
    TrainingPlan photographs = Presets.named("images");
    assertThatThrownBy(() -> Settings.with(photographs, "objective.rotations", "8"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("view.flip");
    TrainingPlan signs =
        Settings.with(
            Settings.with(Presets.named("record"), "objective.signs", "5"), "view.flip", "false");
    assertThatThrownBy(() -> Settings.with(signs, "view.flip", "true"))
        .hasMessageContaining("as in a mirror");
    assertThatThrownBy(() -> Settings.with(signs, "view.ink", "false"))
        .hasMessageContaining("view.ink");
  }

  private static long[] labels(Batch batch) {
    return ((Batch.Classes) batch.targets()).labels();
  }
}
