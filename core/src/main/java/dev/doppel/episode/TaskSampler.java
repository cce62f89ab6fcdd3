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
 * Tasks to learn from: N classes, of each K examples and some queries, each computed from its
 * address. No image is both. Immutable and thread-safe.
 */
public final class TaskSampler {

  /**
   * A task.
   *
   * @param support {@code [way][shot]}
   * @param queries {@code [way][query]}
   */
  public record Task(List<List<Sample>> support, List<List<Sample>> queries) {

    public Task {
      support = support.stream().map(List::copyOf).toList();
      queries = queries.stream().map(List::copyOf).toList();
    }
  }

  private final EpisodeShape shape;
  private final int queries;
  private final Seed seed;
  private final List<List<ImageClass>> pools = new ArrayList<>();

  /**
   * @param data where the images come from
   * @param shape ways, shots and scope; small groups are left out, hands are not looked at
   * @param queries of each class
   * @throws OptionException if nothing can supply a task
   */
  public TaskSampler(Dataset data, EpisodeShape shape, int queries, Seed seed) {
    OptionException.require(queries >= 1, "queries", queries, "at least 1");
    this.shape = shape;
    this.queries = queries;
    this.seed = seed;
    if (shape.scope() == EpisodeShape.Scope.ACROSS) {
      add(data.classes());
    } else {
      for (Group group : data.groups()) {
        add(group.classes());
      }
    }
    if (pools.isEmpty()) {
      throw new OptionException(
          "Tasks %s with %d queries of each class, of %s".formatted(shape, queries, data.name()),
          "They need %d classes of %d images".formatted(shape.ways(), shape.shots() + queries),
          "Ask for fewer ways, shots or queries");
    }
  }

  private void add(List<ImageClass> classes) {
    List<ImageClass> usable =
        classes.stream().filter(each -> each.samples().size() >= shape.shots() + queries).toList();
    if (usable.size() >= shape.ways()) {
      pools.add(usable);
    }
  }

  /** The task at an address; there is no last one. */
  public Task task(long index) {
    Draws draws = seed.at(index).draws();
    List<ImageClass> pool = draws.pick(pools);
    List<List<Sample>> support = new ArrayList<>();
    List<List<Sample>> asked = new ArrayList<>();
    for (int chosen : draws.distinct(shape.ways(), pool.size())) {
      List<Sample> samples = pool.get(chosen).samples();
      List<Sample> drawn =
          Arrays.stream(draws.distinct(shape.shots() + queries, samples.size()))
              .mapToObj(samples::get)
              .toList();
      support.add(drawn.subList(0, shape.shots()));
      asked.add(drawn.subList(shape.shots(), drawn.size()));
    }
    return new Task(support, asked);
  }
}
