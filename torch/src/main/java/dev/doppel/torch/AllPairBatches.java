package dev.doppel.torch;

import dev.doppel.data.Dataset;
import dev.doppel.data.Sample;
import dev.doppel.episode.BalancedBatches;
import dev.doppel.episode.BatchSampler;
import dev.doppel.episode.GroupBatchSampler;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.List;

/**
 * Batches of P classes by K images in which every pair is asked about: once images are embedded,
 * pairs cost almost nothing, so a step learns from hundreds of them rather than half as many as it
 * has images.
 */
final class AllPairBatches implements BatchSource {

  private final BalancedBatches sampler;
  private final int rotations;
  private final DistortedPlanes planes;
  private final int batchesPerEpoch;
  private final Seed seed;

  AllPairBatches(
      Dataset data,
      KochVerificationOptions options,
      DistortedPlanes planes,
      int batch,
      int imagesPerEpoch,
      Seed seed) {
    int classes = Math.max(2, batch / options.shots());
    this.sampler =
        options.together() == 0
            ? new BatchSampler(data, classes, options.shots(), seed.at("sampler"))
            : new GroupBatchSampler(
                data, classes, options.shots(), options.together(), seed.at("sampler"));
    this.rotations = options.rotations();
    this.planes = planes;
    this.batchesPerEpoch =
        imagesPerEpoch == 0 ? sampler.batches() : Math.max(1, imagesPerEpoch / batch);
    this.seed = seed.at("distortion");
  }

  @Override
  public int batchesPerEpoch() {
    return batchesPerEpoch;
  }

  @Override
  public Batch batch(int epoch, int index) {
    long number = (long) epoch * batchesPerEpoch + index;
    int pass = (int) (number / sampler.batches());
    dev.doppel.episode.Batch drawn = sampler.batch(pass, (int) (number % sampler.batches()));
    List<Sample> samples = drawn.flat();
    int[] labels = drawn.labels();
    float[] values = new float[samples.size() * planes.length()];
    int perClass = samples.size() / drawn.classes().size();
    for (int i = 0; i < samples.size(); i++) {
      // All images of a character alike: of a sign that looks the same turned, none is another.
      int turns = seed.at(number).at("turns").at(i / perClass).draws().below(rotations);
      Draws draws = seed.at(number).at(i).draws();
      planes.into(samples.get(i).image(), turns, draws, values, i * planes.length());
    }
    return new Batch(values, samples.size(), allPairs(labels));
  }

  /** Every pair of images among those with these labels, each once. */
  static Batch.Pairs allPairs(int[] labels) {
    int pairs = labels.length * (labels.length - 1) / 2;
    long[] first = new long[pairs];
    long[] second = new long[pairs];
    float[] same = new float[pairs];
    int at = 0;
    for (int i = 0; i < labels.length; i++) {
      for (int j = i + 1; j < labels.length; j++, at++) {
        first[at] = i;
        second[at] = j;
        same[at] = labels[i] == labels[j] ? 1 : 0;
      }
    }
    return new Batch.Pairs(first, second, same);
  }
}
