package dev.doppel.torch;

import dev.doppel.data.Dataset;
import dev.doppel.data.Sample;
import dev.doppel.episode.BatchSampler;
import dev.doppel.random.Seed;
import java.util.List;

/**
 * Batches of P classes by K images in which every pair is asked about: once images are embedded,
 * pairs cost almost nothing, so a step learns from hundreds of them rather than half as many as it
 * has images.
 */
final class AllPairBatches implements BatchSource {

  private final BatchSampler sampler;
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
    this.sampler =
        new BatchSampler(
            data, Math.max(2, batch / options.shots()), options.shots(), seed.at("sampler"));
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
    for (int i = 0; i < samples.size(); i++) {
      planes.into(
          samples.get(i).image(), 0, seed.at(number).at(i).draws(), values, i * planes.length());
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
