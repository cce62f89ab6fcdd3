package dev.doppel.torch;

import dev.doppel.augment.Affine;
import dev.doppel.augment.Ligature;
import dev.doppel.data.Dataset;
import dev.doppel.data.Sample;
import dev.doppel.episode.BalancedBatches;
import dev.doppel.episode.BatchSampler;
import dev.doppel.episode.Curriculum;
import dev.doppel.episode.GroupBatchSampler;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.Arrays;
import java.util.List;

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
      boolean joined = ligatures > 0 && draws.chance(ligatures);
      long label = drawn.classes().get(c) + (long) classes * pose;
      Arrays.fill(labels, c * perClass, (c + 1) * perClass, joined ? classes() + c : label);
      if (joined) {
        // The next few classes, never the other way round: no two ligatures are the same sign.
        int other = (c + 1 + draws.below(Math.min(PARTNERS, (count - 1) / 2))) % count;
        Ligature ligature = Ligature.draw(draws);
        int otherPose = draws.below(rotations);
        draw(samples, c, perClass, pose, ligature.first(), address, values);
        join(samples, c, other, perClass, otherPose, ligature.second(), address, values);
      } else {
        draw(samples, c, perClass, pose, Affine.IDENTITY, address, values);
      }
    }
    return new Batch(values, samples.size(), new Batch.Classes(labels, address.at("loss")));
  }

  private void draw(
      List<Sample> samples,
      int c,
      int perClass,
      int pose,
      Affine place,
      Seed address,
      float[] values) {
    for (int i = c * perClass; i < (c + 1) * perClass; i++) {
      Draws draws = address.at(i).draws();
      planes.into(samples.get(i).image(), pose, place, draws, values, i * planes.length());
    }
  }

  /** Adds the ink of another class's images to those of a class. */
  private void join(
      List<Sample> samples,
      int c,
      int other,
      int perClass,
      int pose,
      Affine place,
      Seed address,
      float[] values) {
    float[] second = new float[planes.length()];
    for (int i = c * perClass; i < (c + 1) * perClass; i++) {
      Draws draws = address.at("joined").at(i).draws();
      Sample sample = samples.get(other * perClass + i - c * perClass);
      planes.into(sample.image(), pose, place, draws, second, 0);
      for (int k = 0; k < second.length; k++) {
        int at = i * planes.length() + k;
        values[at] = Math.max(values[at], second[k]);
      }
    }
  }
}
