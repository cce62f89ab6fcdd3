package dev.doppel.episode;

import dev.doppel.data.Dataset;
import dev.doppel.data.Group;
import dev.doppel.data.ImageClass;
import dev.doppel.data.Sample;
import dev.doppel.episode.EpisodeShape.Hands;
import dev.doppel.episode.EpisodeShape.Scope;
import dev.doppel.episode.EpisodeShape.SmallGroups;
import dev.doppel.error.OptionException;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * N-way K-shot trials, each computed from its address.
 *
 * <p>Within groups, each group is equally likely; then classes are, then images. The right answer's
 * place is random. The query is never in its support set. Immutable and thread-safe.
 */
public final class EpisodeSampler {

  private final EpisodeShape shape;
  private final Seed seed;

  /** The classes to choose from, a list for each group, or one list of all. */
  private final List<List<ImageClass>> pools;

  private final List<String> skipped;

  /**
   * @param data where the images come from
   * @param shape what a trial looks like
   * @param seed address of the trials
   * @throws OptionException if a group is too small and not to be skipped, or nothing is left
   */
  public EpisodeSampler(Dataset data, EpisodeShape shape, Seed seed) {
    this.shape = shape;
    this.seed = seed;
    List<List<ImageClass>> fit = new ArrayList<>();
    List<String> small = new ArrayList<>();
    if (shape.scope() == Scope.ACROSS) {
      List<ImageClass> usable = usable(data.classes());
      if (usable.size() >= shape.ways()) {
        fit.add(usable);
      }
    } else {
      for (Group group : data.groups()) {
        List<ImageClass> usable = usable(group.classes());
        if (usable.size() >= shape.ways()) {
          fit.add(usable);
        } else {
          small.add("%s (%d)".formatted(group.name(), usable.size()));
        }
      }
    }
    if (fit.isEmpty() || (!small.isEmpty() && shape.smallGroups() == SmallGroups.REFUSE)) {
      throw new OptionException(
          "Trials of %s, from %s".formatted(shape, data.name()),
          "They need %d classes with %d images%s; %s"
              .formatted(
                  shape.ways(),
                  shape.shots() + 1,
                  shape.hands() == Hands.OTHER ? " by different hands" : "",
                  small.isEmpty()
                      ? "there are %d".formatted(usable(data.classes()).size())
                      : "too few have " + String.join(", ", small)),
          "Ask for fewer ways or shots, or skip small groups");
    }
    this.pools = List.copyOf(fit);
    this.skipped = List.copyOf(small);
  }

  private List<ImageClass> usable(List<ImageClass> classes) {
    return classes.stream()
        .filter(each -> each.samples().size() - busiestHand(each) >= shape.shots())
        .toList();
  }

  /** How many images of a class a query may put out of reach. */
  private long busiestHand(ImageClass each) {
    if (shape.hands() == Hands.ANY) {
      return 1;
    }
    return each.samples().stream()
        .collect(Collectors.groupingBy(Sample::drawer, Collectors.counting()))
        .values()
        .stream()
        .mapToLong(Long::longValue)
        .max()
        .orElse(1);
  }

  /** Groups left out because they have too few classes, with the number they have. */
  public List<String> skipped() {
    return skipped;
  }

  /** The trial at an address; there is no last one. */
  public Trial trial(long index) {
    Draws draws = seed.at(index).draws();
    List<ImageClass> pool = draws.pick(pools);
    List<ImageClass> ways =
        Arrays.stream(draws.distinct(shape.ways(), pool.size())).mapToObj(pool::get).toList();
    int answer = draws.below(ways.size());
    Sample query = draws.pick(ways.get(answer).samples());
    Function<ImageClass, List<Sample>> shots =
        way -> {
          List<Sample> allowed = way.samples().stream().filter(s -> mayAnswer(s, query)).toList();
          int[] chosen = draws.distinct(shape.shots(), allowed.size());
          return Arrays.stream(chosen).mapToObj(allowed::get).toList();
        };
    return new Trial(query, ways.stream().map(shots).toList(), answer);
  }

  /**
   * Trials that share one support set, at an address; a query shows any of its classes, each as
   * likely, so that their numbers differ. No image is asked about twice.
   *
   * @throws OptionException if there are not so many images, or hands are to be kept apart
   */
  public List<Trial> trials(long index, int queries) {
    if (shape.hands() == Hands.OTHER) {
      throw new OptionException(
          "Queries that share a support set, by other hands",
          "Each query has another hand to keep out of it",
          "Ask one query of each support set, or let hands be any");
    }
    Draws draws = seed.at("shared").at(index).draws();
    List<ImageClass> pool = draws.pick(pools);
    List<List<Sample>> support = new ArrayList<>();
    List<List<Sample>> others = new ArrayList<>();
    int left = 0;
    for (int chosen : draws.distinct(shape.ways(), pool.size())) {
      List<Sample> samples = pool.get(chosen).samples();
      List<Sample> shuffled =
          Arrays.stream(draws.permutation(samples.size())).mapToObj(samples::get).toList();
      support.add(shuffled.subList(0, shape.shots()));
      others.add(new ArrayList<>(shuffled.subList(shape.shots(), shuffled.size())));
      left += shuffled.size() - shape.shots();
    }
    if (queries > left) {
      throw new OptionException(
          queries + " queries of one support set, " + shape,
          "There are " + left + " images beside it",
          "Ask fewer");
    }
    List<Trial> trials = new ArrayList<>();
    while (trials.size() < queries) {
      int answer = draws.below(support.size());
      List<Sample> own = others.get(answer);
      if (!own.isEmpty()) {
        trials.add(new Trial(own.remove(own.size() - 1), support, answer));
      }
    }
    return trials;
  }

  private boolean mayAnswer(Sample shot, Sample query) {
    if (shape.hands() == Hands.OTHER
        && shot.drawer() == query.drawer()
        && shot.group().equals(query.group())) {
      return false;
    }
    return !shot.equals(query);
  }
}
