package dev.doppel.torch;

import dev.doppel.random.Draws;
import dev.doppel.random.Seed;

/** Batches of made-up planes with as much ink as Omniglot's, the same each time. */
final class InkBatches {

  private static final double INK = 0.08;

  private InkBatches() {}

  /** Every pair of {@code classes · shots} images. */
  static Batch allPairs(int classes, int shots, int side) {
    int[] labels = new int[classes * shots];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i / shots;
    }
    return new Batch(planes(labels.length, side), labels.length, AllPairBatches.allPairs(labels));
  }

  /** Pairs of images of their own; every other pair is the same. First images come first. */
  static Batch drawnPairs(int pairs, int side) {
    long[] first = new long[pairs];
    long[] second = new long[pairs];
    float[] same = new float[pairs];
    for (int i = 0; i < pairs; i++) {
      first[i] = i;
      second[i] = (long) pairs + i;
      same[i] = i % 2;
    }
    return new Batch(planes(2 * pairs, side), 2 * pairs, new Batch.Pairs(first, second, same));
  }

  private static float[] planes(int count, int side) {
    Draws draws = Seed.of(0).at("ink").draws();
    float[] planes = new float[count * side * side];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = draws.chance(INK) ? 1 : 0;
    }
    return planes;
  }
}
