package dev.doppel.loss;

import dev.doppel.model.Embeddings;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;

/**
 * Embeddings around class centres, as early in training.
 *
 * @param batch in 32 bits
 * @param rows the same numbers, {@code [count][dim]}
 */
public record RandomBatch(LabelledBatch batch, double[][] rows) {

  /** Draws a batch whose classes overlap little; see the other. */
  static RandomBatch of(Seed seed, int dim, double scale, int... sizes) {
    return of(seed, dim, scale, 0.7, sizes);
  }

  /**
   * Draws a batch.
   *
   * @param scale of all numbers
   * @param noise within a class, as a share of what is between classes
   * @param sizes how many items of each class; mixed afterwards
   */
  public static RandomBatch of(Seed seed, int dim, double scale, double noise, int[] sizes) {
    Draws draws = seed.draws();
    int count = java.util.Arrays.stream(sizes).sum();
    int[] order = draws.permutation(count);
    float[] values = new float[count * dim];
    double[][] rows = new double[count][dim];
    int[] labels = new int[count];
    int item = 0;
    for (int c = 0; c < sizes.length; c++) {
      double[] centre = new double[dim];
      for (int k = 0; k < dim; k++) {
        centre[k] = draws.gaussian();
      }
      for (int i = 0; i < sizes[c]; i++) {
        int at = order[item++];
        labels[at] = 1000 - 7 * c;
        for (int k = 0; k < dim; k++) {
          float x = (float) (scale * (centre[k] + noise * draws.gaussian()));
          values[at * dim + k] = x;
          rows[at][k] = x;
        }
      }
    }
    return new RandomBatch(
        new LabelledBatch(new Embeddings(dim, values), labels, seed.at("miner")), rows);
  }

  /** The shapes that break careless code: odd sizes, classes of one, one class, many of one. */
  static RandomBatch odd(Seed seed, int which) {
    double scale = which % 2 == 0 ? 0.5 : 0.25;
    return switch (which) {
      case 0 -> of(seed, 5, scale, 3, 1, 2, 1, 4);
      case 1 -> of(seed, 1, scale, 2, 3);
      case 2 -> of(seed, 7, scale, 1, 1, 1, 2);
      case 3 -> of(seed, 3, scale, 17, 16);
      case 4 -> of(seed, 13, scale, 5, 5, 5, 5, 5, 5, 5);
      case 5 -> of(seed, 9, scale, 40, 1, 2, 3, 8, 13);
      case 6 -> of(seed, 4, scale, 6);
      default -> of(seed, 6, scale, 1, 1, 1, 1);
    };
  }

  static final int ODD = 8;
}
