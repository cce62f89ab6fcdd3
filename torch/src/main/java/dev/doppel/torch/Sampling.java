package dev.doppel.torch;

import dev.doppel.error.OptionException;

/**
 * What a batch of a metric loss is made of.
 *
 * @param kind how classes come together
 * @param perClass K, images of a class in a batch; 0 where batches are shuffled
 * @param together classes of one group (alphabet) that come together, at the end of the curriculum
 *     if there is one; 0 where groups do not matter
 * @param stageEpochs epochs of each stage of a curriculum; 0 for none
 */
public record Sampling(Kind kind, int perClass, int together, int stageEpochs) {

  /** How classes come together in a batch. */
  public enum Kind {
    /** All images in random order, with no regard to classes. */
    SHUFFLED,
    /** P classes by K images. */
    BALANCED,
    /** The same, with runs of classes of one group: harder negatives. */
    GROUPS,
    /** Runs of 1, 2, 4 … classes of one group, a stage after another. */
    CURRICULUM
  }

  public Sampling {
    boolean shuffled = kind == Kind.SHUFFLED;
    OptionException.require(
        shuffled ? perClass == 0 : perClass >= 1,
        "sampling.perClass",
        perClass,
        shuffled ? "0, as shuffled batches have no regard to classes" : "at least 1");
    boolean grouped = kind == Kind.GROUPS || kind == Kind.CURRICULUM;
    OptionException.require(
        grouped ? together >= 2 : together == 0,
        "sampling.together",
        together,
        grouped
            ? "at least 2 classes of a group"
            : "0, unless the sampler is groups or curriculum");
    OptionException.require(
        kind == Kind.CURRICULUM ? stageEpochs >= 1 : stageEpochs == 0,
        "sampling.stageEpochs",
        stageEpochs,
        kind == Kind.CURRICULUM ? "at least 1" : "0, unless the sampler is curriculum");
  }

  /** All images in random order. */
  public static Sampling shuffled() {
    return new Sampling(Kind.SHUFFLED, 0, 0, 0);
  }

  /** P classes by this many images; P is what the batch leaves room for. */
  public static Sampling balanced(int perClass) {
    return new Sampling(Kind.BALANCED, perClass, 0, 0);
  }

  /** The same batches made another way, with the usual numbers of that. */
  public Sampling as(Kind other) {
    int images = perClass == 0 ? 4 : perClass;
    return switch (other) {
      case SHUFFLED -> shuffled();
      case BALANCED -> balanced(images);
      case GROUPS -> new Sampling(Kind.GROUPS, images, 4, 0);
      case CURRICULUM -> new Sampling(Kind.CURRICULUM, images, 4, 5);
    };
  }
}
