package dev.doppel.cli;

import dev.doppel.image.Preprocess;
import dev.doppel.model.Encoder;
import dev.doppel.onnx.ModelFile;
import dev.doppel.onnx.OpenModel;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How quick a model file's forward pass is in ONNX Runtime on one thread; planes lie ready.
 *
 * @param milliseconds for one image by itself, the median
 * @param imagesPerSecond 64 at once, the median
 */
record EncoderSpeed(double milliseconds, double imagesPerSecond) {

  private static final int BATCH = 64;
  private static final int ROUNDS = 15;

  /** How long a round of single images takes, about, so that its clock's step does not show. */
  private static final long ROUND_NANOS = 50_000_000;

  private static final double INK = 0.08;

  /** Times a model file. */
  static EncoderSpeed of(Path file) {
    try (OpenModel open = ModelFile.open(file, 1)) {
      Encoder encoder = open.twin().encoder();
      float[] batch = planes(encoder.preprocess());
      float[] one = Arrays.copyOf(batch, encoder.preprocess().length());
      long single = median(encoder, one, 1, 1); // warms up as well
      int repeats = (int) Math.max(1, ROUND_NANOS / Math.max(1, single));
      double nanos = median(encoder, one, 1, repeats) / (double) repeats;
      return new EncoderSpeed(1e-6 * nanos, 1e9 * BATCH / median(encoder, batch, BATCH, 1));
    }
  }

  private static long median(Encoder encoder, float[] planes, int count, int repeats) {
    long[] nanos = new long[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long begin = System.nanoTime();
      for (int i = 0; i < repeats; i++) {
        encoder.embed(planes, count);
      }
      nanos[round] = System.nanoTime() - begin;
    }
    Arrays.sort(nanos);
    return nanos[ROUNDS / 2];
  }

  private static float[] planes(Preprocess preprocess) {
    Draws draws = Seed.of(0).at("ink").draws();
    float[] planes = new float[BATCH * preprocess.length()];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = draws.chance(INK) ? 1 : 0;
    }
    return planes;
  }
}
