package dev.doppel.torch;

import dev.doppel.data.Dataset;
import dev.doppel.data.ImageClass;
import dev.doppel.data.Sample;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.List;

/**
 * Batches for a classification loss: all images in a new random order each pass, each turned by a
 * random number of quarter turns, which makes it one of another class.
 */
final class ClassBatches implements BatchSource {

  private final List<Sample> samples = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();
  private final int classes;
  private final int rotations;
  private final DistortedPlanes planes;
  private final int batch;
  private final int batchesPerEpoch;
  private final Seed seed;

  /**
   * @param imagesPerEpoch images of an epoch, 0 for all; an epoch may be part of a pass
   */
  ClassBatches(
      Dataset data,
      int rotations,
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
    this.planes = planes;
    this.batch = Math.min(batch, samples.size());
    int images = imagesPerEpoch == 0 ? samples.size() : imagesPerEpoch;
    this.batchesPerEpoch = Math.max(1, images / this.batch);
    this.seed = seed;
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
    // Passes ignore epochs: each image comes once a pass, whatever the length of an epoch.
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
      int turns = draws.below(rotations);
      targets[i] = labels.get(item) + (long) classes * turns;
      planes.into(samples.get(item).image(), turns, draws, values, i * planes.length());
    }
    return new Batch(values, batch, new Batch.Classes(targets, address.at("loss")));
  }

  private int[] order(long pass) {
    return seed.at("order").at(pass).draws().permutation(samples.size());
  }
}
