package dev.doppel.episode;

import dev.doppel.data.Dataset;
import dev.doppel.data.ImageClass;
import dev.doppel.data.Sample;
import dev.doppel.error.OptionException;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Batches of P classes by K images (Hermans et al. 2017), addressed by epoch and batch.
 *
 * <p>An epoch deals out all classes in random order, each once; the fewer than P that are left at
 * its end sit this epoch out, others the next time. The K images of a class are distinct. Immutable
 * and thread-safe.
 */
public final class BatchSampler implements BalancedBatches {

  private final List<ImageClass> classes;
  private final int perBatch;
  private final int perClass;
  private final Seed seed;

  /**
   * @param data where the images come from
   * @param perBatch P, classes a batch
   * @param perClass K, images a class
   * @param seed address of the run
   * @throws OptionException if the data has fewer than P classes, or one with fewer than K images
   */
  public BatchSampler(Dataset data, int perBatch, int perClass, Seed seed) {
    this.classes = data.classes();
    this.perBatch = perBatch;
    this.perClass = perClass;
    this.seed = seed;
    if (perBatch < 1 || perClass < 1) {
      throw new OptionException(
          "Batches of %d classes by %d images".formatted(perBatch, perClass),
          "Both must be at least 1",
          "Take 32 by 4, say");
    }
    if (classes.size() < perBatch) {
      throw new OptionException(
          "%d classes a batch of %s".formatted(perBatch, data.name()),
          "It has %d classes".formatted(classes.size()),
          "Ask for fewer classes a batch, or add data");
    }
    requireImages(data, perClass);
  }

  /** Refuses data that has a class with fewer than K images. */
  static void requireImages(Dataset data, int perClass) {
    for (ImageClass each : data.classes()) {
      if (each.samples().size() < perClass) {
        throw new OptionException(
            "%d images a class of %s".formatted(perClass, data.name()),
            "%s/%s has %d".formatted(each.group(), each.name(), each.samples().size()),
            "Ask for fewer images a class, or leave that class out");
      }
    }
  }

  @Override
  public int batches() {
    return classes.size() / perBatch;
  }

  @Override
  public Batch batch(int epoch, int batch) {
    if (batch < 0 || batch >= batches()) {
      throw new IndexOutOfBoundsException("batch " + batch + " of " + batches());
    }
    Seed address = seed.at(epoch);
    int[] order = address.at("classes").draws().permutation(classes.size());
    int[] dealt = Arrays.copyOfRange(order, batch * perBatch, (batch + 1) * perBatch);
    Draws draws = address.at(batch).draws();
    List<List<Sample>> samples = new ArrayList<>();
    for (int index : dealt) {
      List<Sample> all = classes.get(index).samples();
      samples.add(Arrays.stream(draws.distinct(perClass, all.size())).mapToObj(all::get).toList());
    }
    return new Batch(Arrays.stream(dealt).boxed().toList(), samples);
  }
}
