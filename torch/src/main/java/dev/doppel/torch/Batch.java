package dev.doppel.torch;

import dev.doppel.random.Seed;
import java.util.Arrays;

/**
 * The images of one training step, each once, and what is asked of them.
 *
 * @param planes preprocessed images {@code [count, channels, height, width]}, row-major
 * @param count number of images
 * @param targets the classes or pairs that the loss compares
 */
record Batch(float[] planes, int count, Targets targets) {

  /**
   * One of several equal parts.
   *
   * @param shard which, from 0
   * @throws IllegalStateException if this is a batch of pairs, which only make sense together
   */
  Batch shard(int shard, int shards) {
    if (shards == 1) {
      return this;
    }
    if (!(targets instanceof Classes classes)) {
      throw new IllegalStateException("pairs cannot be torn apart");
    }
    int part = count / shards;
    int plane = planes.length / count;
    int from = shard * part;
    return new Batch(
        Arrays.copyOfRange(planes, from * plane, (from + part) * plane),
        part,
        new Classes(Arrays.copyOfRange(classes.labels(), from, from + part), classes.seed()));
  }

  /** What a loss compares. */
  sealed interface Targets permits Classes, Pairs {}

  /**
   * A class an image.
   *
   * @param labels index of each image's class
   * @param seed of whatever a loss draws for this batch, which is thus the same in every run
   */
  record Classes(long[] labels, Seed seed) implements Targets {}

  /**
   * Pairs among the images of the batch.
   *
   * @param first index of each pair's first image
   * @param second index of its second
   * @param same 1 where both show one class, else 0 (Koch's y)
   */
  record Pairs(long[] first, long[] second, float[] same) implements Targets {}
}
