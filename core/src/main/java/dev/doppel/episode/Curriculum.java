package dev.doppel.episode;

import dev.doppel.data.Dataset;
import dev.doppel.error.OptionException;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.List;

/**
 * Batches that grow harder: from classes of all groups to classes of one, a stage after another.
 * Immutable and thread-safe.
 *
 * <p>Every stage has the same number of batches an epoch, that of the stage which can supply the
 * fewest.
 */
public final class Curriculum implements BalancedBatches {

  /**
   * From some epoch on, how many classes of a group come together.
   *
   * @param fromEpoch the first epoch, from 0
   * @param together see {@link GroupBatchSampler}
   */
  public record Stage(int fromEpoch, int together) {}

  private final List<Stage> stages;
  private final List<GroupBatchSampler> samplers = new ArrayList<>();
  private final int batches;

  /**
   * @param data where the images come from
   * @param perBatch P, classes a batch
   * @param perClass K, images a class
   * @param stages in order; the first begins at epoch 0
   * @param seed address of the run
   * @throws OptionException if stages are out of order, or {@link GroupBatchSampler} refuses one
   */
  public Curriculum(Dataset data, int perBatch, int perClass, List<Stage> stages, Seed seed) {
    this.stages = List.copyOf(stages);
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < this.stages.size(); i++) {
      Stage stage = this.stages.get(i);
      if (i == 0 ? stage.fromEpoch() != 0 : stage.fromEpoch() <= stages.get(i - 1).fromEpoch()) {
        throw new OptionException(
            "Stage %d of a curriculum begins at epoch %d".formatted(i + 1, stage.fromEpoch()),
            "The first must begin at epoch 0, each other one after the one before",
            "Put the stages in order");
      }
      GroupBatchSampler sampler =
          new GroupBatchSampler(data, perBatch, perClass, stage.together(), seed);
      samplers.add(sampler);
      least = Math.min(least, sampler.batches());
    }
    if (samplers.isEmpty()) {
      throw new OptionException(
          "A curriculum without stages", "It needs at least one", "Begin with Stage(0, 1)");
    }
    this.batches = least;
  }

  /**
   * Stages of equal length, with 1, 2, 4 … classes of a group together, as far as P allows.
   *
   * @param perBatch P
   * @param most classes together at the end, or fewer
   * @param epochsEach length of a stage
   */
  public static List<Stage> doubling(int perBatch, int most, int epochsEach) {
    OptionException.require(epochsEach >= 1, "curriculum.epochs", epochsEach, "at least 1");
    OptionException.require(most >= 1, "curriculum.most", most, "at least 1");
    List<Stage> stages = new ArrayList<>();
    for (int together = 1; together <= most && perBatch % together == 0; together *= 2) {
      stages.add(new Stage(stages.size() * epochsEach, together));
    }
    return stages;
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
    return at(epoch).batch(epoch, batch);
  }

  /** The stage of an epoch. */
  public Stage stage(int epoch) {
    return stages.get(index(epoch));
  }

  private GroupBatchSampler at(int epoch) {
    return samplers.get(index(epoch));
  }

  private int index(int epoch) {
    int index = 0;
    while (index + 1 < stages.size() && stages.get(index + 1).fromEpoch() <= epoch) {
      index++;
    }
    return index;
  }
}
