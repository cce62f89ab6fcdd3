package dev.doppel.torch;

import dev.doppel.data.Dataset;
import dev.doppel.data.Sample;
import dev.doppel.episode.BalancedBatches;
import dev.doppel.episode.BatchSampler;
import dev.doppel.episode.Curriculum;
import dev.doppel.episode.GroupBatchSampler;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.List;

/**
 * Batches of P classes by K images for a metric loss. Each class of a batch is turned by a random
 * number of quarter turns, which makes it another class; a batch has a character in one turn alone,
 * so that signs which look the same turned are never called different.
 */
final class BalancedClassBatches implements BatchSource {

  private final BalancedBatches sampler;
  private final int classes;
  private final int rotations;
  private final DistortedPlanes planes;
  private final int batchesPerEpoch;
  private final Seed seed;

  BalancedClassBatches(
      Dataset data,
      MetricOptions options,
      DistortedPlanes planes,
      int batch,
      int imagesPerEpoch,
      Seed seed) {
    Sampling sampling = options.sampling();
    int perBatch = batch / sampling.perClass();
    Seed address = seed.at("sampler");
    BalancedBatches plain =
        sampling.together() == 0
            ? new BatchSampler(data, perBatch, sampling.perClass(), address)
            : new GroupBatchSampler(
                data, perBatch, sampling.perClass(), sampling.together(), address);
    this.batchesPerEpoch =
        imagesPerEpoch == 0 ? plain.batches() : Math.max(1, imagesPerEpoch / batch);
    this.sampler =
        sampling.kind() == Sampling.Kind.CURRICULUM
            ? curriculum(data, perBatch, sampling, batchesPerEpoch, address)
            : plain;
    this.classes = data.classes().size();
    this.rotations = options.rotations();
    this.planes = planes;
    this.seed = seed;
  }

  /** Stages are told in epochs of the run, which the sampler's own passes are shorter than. */
  private static BalancedBatches curriculum(
      Dataset data, int perBatch, Sampling sampling, int batchesPerEpoch, Seed address) {
    int images = sampling.perClass();
    int most = sampling.together();
    int perPass =
        new Curriculum(data, perBatch, images, Curriculum.doubling(perBatch, most, 1), address)
            .batches();
    int passes =
        (int) Math.max(1, Math.round((double) sampling.stageEpochs() * batchesPerEpoch / perPass));
    return new Curriculum(
        data, perBatch, images, Curriculum.doubling(perBatch, most, passes), address);
  }

  @Override
  public int classes() {
    return classes * rotations;
  }

  @Override
  public int batchesPerEpoch() {
    return batchesPerEpoch;
  }

  @Override
  public Batch batch(int epoch, int index) {
    // Passes ignore epochs: each class comes once a pass, whatever the length of an epoch.
    long number = (long) epoch * batchesPerEpoch + index;
    int pass = (int) (number / sampler.batches());
    dev.doppel.episode.Batch drawn = sampler.batch(pass, (int) (number % sampler.batches()));
    List<Sample> samples = drawn.flat();
    int perClass = samples.size() / drawn.classes().size();
    float[] values = new float[samples.size() * planes.length()];
    long[] labels = new long[samples.size()];
    Seed address = seed.at("items").at(number);
    for (int c = 0; c < drawn.classes().size(); c++) {
      int turns = address.at("turns").at(c).draws().below(rotations);
      for (int i = c * perClass; i < (c + 1) * perClass; i++) {
        labels[i] = drawn.classes().get(c) + (long) classes * turns;
        Draws draws = address.at(i).draws();
        planes.into(samples.get(i).image(), turns, draws, values, i * planes.length());
      }
    }
    return new Batch(values, samples.size(), new Batch.Classes(labels, address.at("loss")));
  }
}
