package dev.doppel.torch;

import dev.doppel.episode.EpisodeShape;
import dev.doppel.error.OptionException;
import dev.doppel.random.Seed;
import java.util.List;

/**
 * How a head over frozen embeddings learns.
 *
 * @param head {@code relation} or {@code graph}
 * @param hidden units of its layers
 * @param steps how often the graph's nodes look at their neighbours; 1 for a relation head
 * @param ways classes of a task
 * @param shots examples of each
 * @param queries of each class
 * @param scope whether the classes of a task are of one group
 * @param tasks of a step
 * @param updates steps of the optimiser
 * @param rate highest rate
 * @param decay of weights, decoupled
 * @param seed of everything
 */
public record HeadPlan(
    String head,
    int hidden,
    int steps,
    int ways,
    int shots,
    int queries,
    EpisodeShape.Scope scope,
    int tasks,
    int updates,
    double rate,
    double decay,
    long seed) {

  public HeadPlan {
    if (!head.equals(RelationHead.NAME) && !head.equals(GraphHead.NAME)) {
      throw OptionException.unknown("head", head, List.of(RelationHead.NAME, GraphHead.NAME));
    }
    OptionException.require(hidden >= 1, "hidden", hidden, "at least 1");
    OptionException.require(
        steps == 1 || (steps > 1 && head.equals(GraphHead.NAME)),
        "steps",
        steps,
        "at least 1, and 1 for a relation head, which has no graph");
    OptionException.require(tasks >= 1, "tasks", tasks, "at least 1");
    OptionException.require(updates >= 1, "updates", updates, "at least 1");
    OptionException.require(rate > 0, "rate", rate, "above 0");
    OptionException.require(decay >= 0, "decay", decay, "0 or more");
  }

  /** A plan of a minute or less: 20 ways within a group, as Koch's questions are. */
  public static HeadPlan of(String head) {
    int steps = head.equals(GraphHead.NAME) ? 2 : 1;
    return new HeadPlan(
        head, 64, steps, 20, 1, 2, EpisodeShape.Scope.WITHIN, 4, 1000, 1e-3, 1e-2, 1);
  }

  /** What its tasks look like. */
  EpisodeShape shape() {
    return new EpisodeShape(
        ways, shots, scope, EpisodeShape.Hands.ANY, EpisodeShape.SmallGroups.SKIP);
  }

  /** A head as it begins. */
  EpisodeHead begin(int dim) {
    Seed start = Seed.of(seed).at("head");
    return head.equals(RelationHead.NAME)
        ? new RelationHead(dim, hidden, start)
        : new GraphHead(dim, hidden, steps, start);
  }
}
