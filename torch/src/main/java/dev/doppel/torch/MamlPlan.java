package dev.doppel.torch;

import dev.doppel.episode.EpisodeShape;
import dev.doppel.error.OptionException;

/**
 * How a start for few steps is learned (MAML, Finn, Abbeel and Levine 2017).
 *
 * @param side of the images, in pixels
 * @param filters of each of the encoder's layers
 * @param firstOrder whether the outer gradient leaves out how inner gradients change
 * @param innerRate rate of the inner steps
 * @param innerSteps steps on the examples, in training
 * @param testSteps steps on the examples, when answering
 * @param ways classes of a task
 * @param shots examples of each
 * @param queries of each class
 * @param scope whether the classes of a task are of one group
 * @param rotations quarter turns that count as classes of their own: 1 or 4
 * @param tasks of an update
 * @param updates steps of the optimiser
 * @param rate highest rate of the outer steps
 * @param seed of everything
 */
public record MamlPlan(
    int side,
    int filters,
    boolean firstOrder,
    double innerRate,
    int innerSteps,
    int testSteps,
    int ways,
    int shots,
    int queries,
    EpisodeShape.Scope scope,
    int rotations,
    int tasks,
    int updates,
    double rate,
    long seed) {

  public MamlPlan {
    OptionException.require(side >= 8, "side", side, "at least 8");
    OptionException.require(filters >= 1, "filters", filters, "at least 1");
    OptionException.require(innerRate > 0, "innerRate", innerRate, "above 0");
    OptionException.require(innerSteps >= 1, "innerSteps", innerSteps, "at least 1");
    OptionException.require(testSteps >= 0, "testSteps", testSteps, "0 or more");
    OptionException.require(
        rotations >= 1 && rotations <= 4,
        "rotations",
        rotations,
        "a number of quarter turns, 1 to 4");
    OptionException.require(tasks >= 1, "tasks", tasks, "at least 1");
    OptionException.require(updates >= 1, "updates", updates, "at least 1");
    OptionException.require(rate > 0, "rate", rate, "above 0");
  }

  /** Five ways, one shot, as the paper's first Omniglot task, in minutes rather than a day. */
  public static MamlPlan defaults() {
    return new MamlPlan(
        28, 32, false, 0.4, 3, 3, 5, 1, 3, EpisodeShape.Scope.ACROSS, 4, 4, 2000, 1e-3, 1);
  }

  /** What its tasks look like. */
  EpisodeShape shape() {
    return new EpisodeShape(
        ways, shots, scope, EpisodeShape.Hands.ANY, EpisodeShape.SmallGroups.SKIP);
  }

  /** The network that learns to learn. */
  TaskNet net() {
    return new TaskNet(side, filters);
  }
}
