package dev.doppel.fewshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.data.glyph.GlyphAlphabets;
import dev.doppel.image.Bitmap;
import dev.doppel.image.Image;
import dev.doppel.image.Preprocess;
import dev.doppel.model.Embeddings;
import dev.doppel.model.Encoder;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How an encoder serves another task: what a picture measures, from embeddings that stay. */
class GlyphRegressionTest {

  private static final int SIDE = 20;

  /** An encoder that never learned: random directions over pixels, cut off at 0. */
  private record RandomFeatures(float[][] directions) implements Encoder {

    static RandomFeatures of(int dim) {
      Draws draws = Seed.of(1).draws();
      float[][] directions = new float[dim][SIDE * SIDE];
      for (float[] each : directions) {
        for (int k = 0; k < each.length; k++) {
          each[k] = (float) (draws.gaussian() / SIDE);
        }
      }
      return new RandomFeatures(directions);
    }

    @Override
    public Preprocess preprocess() {
      return Preprocess.ink(SIDE);
    }

    @Override
    public int dim() {
      return directions.length;
    }

    @Override
    public float[] embed(float[] planes, int count) {
      float[] rows = new float[count * dim()];
      for (int i = 0; i < rows.length; i++) {
        int from = i / dim() * SIDE * SIDE;
        float sum = 0;
        for (int k = 0; k < SIDE * SIDE; k++) {
          sum += directions[i % dim()][k] * planes[from + k];
        }
        rows[i] = Math.max(0, sum);
      }
      return rows;
    }
  }

  @Test
  void theInkOfACharacterIsReadOffItsEmbedding() {
    List<Image> images = new ArrayList<>();
    GlyphAlphabets.generate(Seed.of(2), 4, 15, 5).samples().forEach(s -> images.add(s.image()));
    double[][] ink = new double[images.size()][1];
    for (int i = 0; i < ink.length; i++) {
      ink[i][0] = ink((Bitmap) images.get(i));
    }
    Embeddings all = RandomFeatures.of(64).embed(images);
    int[] known = java.util.stream.IntStream.range(0, 200).toArray();
    int[] asked = java.util.stream.IntStream.range(200, 300).toArray(); // of other alphabets
    double[][] learned = java.util.Arrays.copyOf(ink, 200);
    double[][] wanted = java.util.Arrays.copyOfRange(ink, 200, 300);

    LinearModel model = RidgeRegression.defaults().fit(SupportSet.rows(all, known), learned);
    double[][] byLine = model.of(SupportSet.rows(all, asked));

    double guess = error(wanted, meanOf(learned));
    assertThat(error(wanted, byLine)).isLessThan(0.6 * guess);
  }

  private static int ink(Bitmap sheet) {
    int ink = 0;
    for (byte bits : sheet.bits()) {
      ink += Integer.bitCount(bits & 0xFF);
    }
    return ink;
  }

  private static double[][] meanOf(double[][] targets) {
    double[][] means = new double[100][];
    java.util.Arrays.fill(means, Dense.mean(targets, 1));
    return means;
  }

  private static double error(double[][] wanted, double[][] found) {
    double sum = 0;
    for (int i = 0; i < wanted.length; i++) {
      sum += Math.pow(wanted[i][0] - found[i][0], 2);
    }
    return sum / wanted.length;
  }
}
