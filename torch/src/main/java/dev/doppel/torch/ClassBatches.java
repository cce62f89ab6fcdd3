package dev.doppel.torch;

import dev.doppel.data.Dataset;
import dev.doppel.data.ImageClass;
import dev.doppel.data.Sample;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.List;

/**
 * Batches for a classification loss: all images in a new random order each pass, each laid down a
 * random way, which makes it one of another class. Now and then one gives its place to a sign that
 * nobody wrote.
 */
final class ClassBatches implements BatchSource {

  private final List<Sample> samples = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();
  private final int classes;
  private final int rotations;
  private final Signs signs;
  private final double ligatures;
  private final DistortedPlanes planes;
  private final int batch;
  private final int batchesPerEpoch;
  private final Seed seed;

  /** Without new signs. */
  ClassBatches(
      Dataset data,
      int rotations,
      DistortedPlanes planes,
      int batch,
      int imagesPerEpoch,
      Seed seed) {
    this(data, rotations, 0, 0, planes, batch, imagesPerEpoch, seed);
  }

  /**
   * @param signs how many new signs become classes
   * @param ligatures share of the images that are of such a sign
   * @param imagesPerEpoch images of an epoch, 0 for all; an epoch may be part of a pass
   */
  ClassBatches(
      Dataset data,
      int rotations,
      int signs,
      double ligatures,
      DistortedPlanes planes,
      int batch,
      int imagesPerEpoch,
      Seed seed) {
    List<ImageClass> all = data.classes();
    for (int label = 0; label < all.size(); label++) {
      for (Sample sample : all.get(label).samples()) {
        samples.add(sample);
        labels.add(label);
      }
    }
    this.classes = all.size();
    this.rotations = rotations;
    this.signs = new Signs(data, signs, rotations, planes, seed.at("signs"));
    this.ligatures = ligatures;
    this.planes = planes;
    this.batch = Math.min(batch, samples.size());
    int images = imagesPerEpoch == 0 ? samples.size() : imagesPerEpoch;
    this.batchesPerEpoch = Math.max(1, images / this.batch);
    this.seed = seed;
  }

  @Override
  public int classes() {
    return classes * rotations + signs.count();
  }

  @Override
  public int batchesPerEpoch() {
    return batchesPerEpoch;
  }

  @Override
  public Batch batch(int epoch, int index) {
    // Passes ignore epochs: each image, or a sign in its place, comes once a pass.
    long number = (long) epoch * batchesPerEpoch + index;
    int batchesPerPass = samples.size() / batch;
    int[] order = order(number / batchesPerPass);
    int from = (int) (number % batchesPerPass) * batch;
    float[] values = new float[batch * planes.length()];
    long[] targets = new long[batch];
    Seed address = seed.at("items").at(number);
    for (int i = 0; i < batch; i++) {
      int item = order[from + i];
      Draws draws = address.at(i).draws();
      if (ligatures > 0 && draws.chance(ligatures)) {
        int sign = draws.below(signs.count());
        targets[i] = (long) classes * rotations + sign;
        signs.into(sign, draws, values, i * planes.length());
        continue;
      }
      int pose = draws.below(rotations);
      targets[i] = labels.get(item) + (long) classes * pose;
      planes.into(samples.get(item).image(), pose, draws, values, i * planes.length());
    }
    return new Batch(values, batch, new Batch.Classes(targets, address.at("loss")));
  }

  private int[] order(long pass) {
    return seed.at("order").at(pass).draws().permutation(samples.size());
  }
}
