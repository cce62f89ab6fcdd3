package dev.doppel.torch;

import dev.doppel.augment.Ligature;
import dev.doppel.data.Dataset;
import dev.doppel.data.Sample;
import dev.doppel.episode.BalancedBatches;
import dev.doppel.episode.BatchSampler;
import dev.doppel.episode.Curriculum;
import dev.doppel.episode.GroupBatchSampler;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import dev.doppel.torch.DistortedPlanes.Laid;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Batches of P classes by K images for a metric loss. Each class of a batch is laid down one of
 * several ways at random, which makes it another class; a batch has a character in one way alone,
 * so that signs which look the same turned are never called different.
 *
 * <p>Some classes may be ligatures: each image is joined with one of another class of the batch.
 */
final class BalancedClassBatches implements BatchSource {

  /** So few that ligatures of a batch share characters, and are hard to tell apart. */
  private static final int PARTNERS = 3;

  private final BalancedBatches sampler;
  private final int classes;
  private final int rotations;
  private final double ligatures;
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
    this.ligatures = options.ligatures();
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
    int count = drawn.classes().size();
    for (int c = 0; c < count; c++) {
      Draws draws = address.at("turns").at(c).draws();
      int pose = draws.below(rotations);
      long label = drawn.classes().get(c) + (long) classes * pose;
      List<Laid> images = laid(samples, c, perClass, pose, address);
      if (ligatures > 0 && draws.chance(ligatures)) {
        label = (long) classes() + c;
        // The next few classes, never the other way round: no two ligatures are the same sign.
        int other = (c + 1 + draws.below(Math.min(PARTNERS, (count - 1) / 2))) % count;
        Ligature ligature = Ligature.draw(draws);
        List<Laid> others =
            laid(samples, other, perClass, draws.below(rotations), address.at("joined").at(c));
        for (int i = 0; i < perClass; i++) {
          int at = (c * perClass + i) * planes.length();
          planes.joined(ligature, images.get(i), others.get(i), values, at);
        }
      } else {
        for (int i = 0; i < perClass; i++) {
          planes.into(images.get(i), values, (c * perClass + i) * planes.length());
        }
      }
      Arrays.fill(labels, c * perClass, (c + 1) * perClass, label);
    }
    return new Batch(values, samples.size(), new Batch.Classes(labels, address.at("loss")));
  }

  /** The images of a class, with the numbers that an address gives each. */
  private static List<Laid> laid(
      List<Sample> samples, int c, int perClass, int pose, Seed address) {
    return IntStream.range(c * perClass, (c + 1) * perClass)
        .mapToObj(i -> new Laid(samples.get(i).image(), pose, address.at(i).draws()))
        .toList();
  }
}
