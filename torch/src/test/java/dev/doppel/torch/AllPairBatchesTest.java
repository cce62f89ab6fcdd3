package dev.doppel.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.ToyAlphabets;
import dev.doppel.augment.Distortion;
import dev.doppel.augment.KochDistortion;
import dev.doppel.data.Dataset;
import dev.doppel.image.Preprocess;
import dev.doppel.random.Seed;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllPairBatchesTest {

  /** Two alphabets of six characters by six people. */
  private static final Dataset DATA = ToyAlphabets.of(6, 6, 6);

  private static final int SIDE = 8;
  private static final int PIXELS = SIDE * SIDE;

  private static Batch batch(int rotations) {
    KochVerificationOptions options =
        new KochVerificationOptions(1, 0, true, 2, rotations, 0, 0, List.of(0.0));
    Distortion none = Distortion.affine(new KochDistortion(0, 0, 0, 0, 0));
    return new AllPairBatches(
            DATA, options, new DistortedPlanes(Preprocess.ink(SIDE), none, false), 8, 0, Seed.of(1))
        .batch(0, 0);
  }

  private static float[] plane(Batch batch, int item) {
    return Arrays.copyOfRange(batch.planes(), item * PIXELS, (item + 1) * PIXELS);
  }

  private static float[] turned(float[] plane) {
    float[] turned = new float[PIXELS];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        turned[y * SIDE + x] = plane[(SIDE - 1 - x) * SIDE + y];
      }
    }
    return turned;
  }

  /** Quarter turns that lead from one plane to another; 4 if none do. */
  private static int turns(float[] from, float[] to) {
    float[] now = from;
    for (int turns = 0; turns < 4; turns++) {
      float most = 0;
      for (int i = 0; i < PIXELS; i++) {
        most = Math.max(most, Math.abs(now[i] - to[i]));
      }
      if (most < 1e-4) {
        return turns;
      }
      now = turned(now);
    }
    return 4;
  }

  @Test
  void allImagesOfACharacterAreTurnedAlike() {
    Batch upright = batch(1);
    Batch turned = batch(4);

    int[] turns = new int[8];
    for (int i = 0; i < 8; i++) {
      turns[i] = turns(plane(upright, i), plane(turned, i));
    }
    assertThat(turns).doesNotContain(4);
    for (int i = 0; i < 8; i += 2) {
      assertThat(turns[i]).isEqualTo(turns[i + 1]);
    }
    assertThat(Arrays.stream(turns).distinct().count()).isGreaterThan(1);
    assertThat(((Batch.Pairs) turned.targets()).same())
        .containsExactly(((Batch.Pairs) upright.targets()).same());
  }
}
