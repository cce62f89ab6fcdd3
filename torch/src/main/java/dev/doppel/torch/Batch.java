package dev.doppel.torch;

/**
 * The images of one training step, each once, and what is asked of them.
 *
 * @param planes preprocessed images {@code [count, channels, height, width]}, row-major
 * @param count number of images
 * @param targets the classes or pairs that the loss compares
 */
record Batch(float[] planes, int count, Targets targets) {

  /** What a loss compares. */
  sealed interface Targets permits Classes, Pairs {}

  /**
   * A class an image.
   *
   * @param labels index of each image's class
   */
  record Classes(long[] labels) implements Targets {}

  /**
   * Pairs among the images of the batch.
   *
   * @param first index of each pair's first image
   * @param second index of its second
   * @param same 1 where both show one class, else 0 (Koch's y)
   */
  record Pairs(long[] first, long[] second, float[] same) implements Targets {}
}
