package dev.doppel.episode;

import dev.doppel.data.Dataset;
import dev.doppel.data.Group;
import dev.doppel.data.ImageClass;
import dev.doppel.data.Sample;
import dev.doppel.error.OptionException;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * P×K batches whose classes come in runs of one group, so that each has negatives of its own kind:
 * characters of the same alphabet are harder to tell apart than those of others.
 *
 * <p>An epoch cuts the classes of each group, in random order, into runs, and deals the runs out in
 * random order, each once. Classes left over in a group sit the epoch out, others the next time.
 * Immutable and thread-safe.
 */
public final class GroupBatchSampler implements BalancedBatches {

  private final List<ImageClass> classes;

  /** Indices into {@code classes} of each group that is large enough. */
  private final List<List<Integer>> groups = new ArrayList<>();

  private final List<String> skipped = new ArrayList<>();
  private final int perBatch;
  private final int perClass;
  private final int together;
  private final int batches;
  private final Seed seed;

  /**
   * @param data where the images come from
   * @param perBatch P, classes a batch
   * @param perClass K, images a class
   * @param together classes of one group in a run; P for batches of one group, 1 for no regard to
   *     groups
   * @param seed address of the run
   * @throws OptionException if P is no multiple of a run, groups are too small for a batch of runs,
   *     or a class has fewer than K images
   */
  public GroupBatchSampler(Dataset data, int perBatch, int perClass, int together, Seed seed) {
    if (together < 1 || perBatch < together || perBatch % together != 0 || perClass < 1) {
      throw new OptionException(
          "Batches of %d classes by %d images, %d classes of a group together"
              .formatted(perBatch, perClass, together),
          "All must be at least 1, and the first a multiple of the last",
          "Take 32 by 4 with 8 together, say");
    }
    this.classes = data.classes();
    this.perBatch = perBatch;
    this.perClass = perClass;
    this.together = together;
    this.seed = seed;
    BatchSampler.requireImages(data, perClass);
    int index = 0;
    int runs = 0;
    for (Group group : data.groups()) {
      List<Integer> indices = new ArrayList<>();
      for (int i = 0; i < group.classes().size(); i++) {
        indices.add(index++);
      }
      if (indices.size() < together) {
        skipped.add("%s (%d)".formatted(group.name(), indices.size()));
      } else {
        groups.add(indices);
        runs += indices.size() / together;
      }
    }
    this.batches = runs / (perBatch / together);
    if (batches == 0) {
      throw new OptionException(
          "%d classes a batch of %s, %d of a group together"
              .formatted(perBatch, data.name(), together),
          "Its groups hold %d such runs".formatted(runs),
          "Ask for fewer classes a batch, or for fewer together");
    }
  }

  /** Groups left out because they have too few classes, with the number they have. */
  public List<String> skipped() {
    return List.copyOf(skipped);
  }

  @Override
  public int batches() {
    return batches;
  }

  @Override
  public Batch batch(int epoch, int batch) {
    if (batch < 0 || batch >= batches) {
      throw new IndexOutOfBoundsException("batch " + batch + " of " + batches);
    }
    Seed address = seed.at(epoch);
    List<List<Integer>> runs = runs(address);
    int[] order = address.at("runs").draws().permutation(runs.size());
    int perRun = perBatch / together;
    Draws draws = address.at(batch).draws();
    List<Integer> dealt = new ArrayList<>();
    List<List<Sample>> samples = new ArrayList<>();
    for (int r = batch * perRun; r < (batch + 1) * perRun; r++) {
      for (int each : runs.get(order[r])) {
        List<Sample> all = classes.get(each).samples();
        dealt.add(each);
        samples.add(
            Arrays.stream(draws.distinct(perClass, all.size())).mapToObj(all::get).toList());
      }
    }
    return new Batch(dealt, samples);
  }

  private List<List<Integer>> runs(Seed address) {
    List<List<Integer>> runs = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      List<Integer> group = groups.get(g);
      int[] order = address.at("groups").at(g).draws().permutation(group.size());
      for (int from = 0; from + together <= order.length; from += together) {
        runs.add(Arrays.stream(order, from, from + together).mapToObj(group::get).toList());
      }
    }
    return runs;
  }
}
