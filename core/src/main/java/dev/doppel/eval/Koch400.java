package dev.doppel.eval;

import dev.doppel.data.Dataset;
import dev.doppel.data.Group;
import dev.doppel.data.ImageClass;
import dev.doppel.data.Sample;
import dev.doppel.episode.Trial;
import dev.doppel.error.OptionException;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The one-shot trials of Koch et al. 2015 (section 4.3): from each group draw classes and two
 * drawers, match each image by the first drawer against all by the second; do so twice.
 *
 * <p>Ten alphabets of 20 characters twice make the paper's 400 trials. Several draws give the mean
 * over many such lists. Their interval is Student's over the draws, and never narrower than
 * Wilson's over all trials; it covers the luck of the draw only, as all draws share the alphabets
 * and images.
 *
 * @param data the groups, with the images of the evaluation drawers only
 * @param ways classes a trial; 20 in the paper
 * @param rounds times each group is drawn; 2 in the paper
 * @param draws how many lists of trials
 * @param seed seed of the draws
 */
public record Koch400(Dataset data, int ways, int rounds, int draws, long seed)
    implements Protocol {

  public Koch400 {
    OptionException.require(draws >= 1, "draws", draws, "at least 1");
    if (ways < 2 || rounds < 1 || data.groups().isEmpty()) {
      throw new OptionException(
          "Koch's trials with %d ways, %d rounds over %d groups of %s"
              .formatted(ways, rounds, data.groups().size(), data.name()),
          "There must be at least 2 ways, and one of all else",
          "Take 20 ways and 2 rounds, as the paper did");
    }
    List<String> small =
        data.groups().stream()
            .filter(group -> group.classes().size() < ways)
            .map(group -> "%s (%d)".formatted(group.name(), group.classes().size()))
            .toList();
    if (!small.isEmpty()) {
      throw new OptionException(
          "Koch's trials with %d ways over %s".formatted(ways, data.name()),
          "Each group needs as many classes; too few have " + String.join(", ", small),
          "Ask for fewer ways, or leave these groups out");
    }
  }

  /** The paper's 400 trials: 20 ways, each alphabet twice. */
  public static Koch400 standard(Dataset data, int draws, long seed) {
    return new Koch400(data, 20, 2, draws, seed);
  }

  /** {@code koch400} for ten alphabets of 20 characters twice; the number is that of the trials. */
  @Override
  public String name() {
    return "koch" + size() + (draws == 1 ? "" : " × " + draws + " draws");
  }

  private int size() {
    return data.groups().size() * rounds * ways;
  }

  @Override
  public TrialList questions() {
    return new TrialList(
        IntStream.range(0, draws).mapToObj(this::draw).flatMap(List::stream).toList());
  }

  /** The trials of one draw. */
  List<Trial> draw(int index) {
    List<Trial> trials = new ArrayList<>();
    Seed address = Seed.of(seed).at("koch400").at(index);
    for (int g = 0; g < data.groups().size(); g++) {
      for (int round = 0; round < rounds; round++) {
        trials.addAll(round(data.groups().get(g), address.at(g).at(round).draws()));
      }
    }
    return trials;
  }

  private List<Trial> round(Group group, Draws random) {
    List<ImageClass> chosen =
        Arrays.stream(random.distinct(ways, group.classes().size()))
            .mapToObj(group.classes()::get)
            .toList();
    List<Integer> hands = commonDrawers(chosen);
    if (hands.size() < 2) {
      throw new OptionException(
          "Characters of %s in %s have %d drawers in common"
              .formatted(group.name(), data.name(), hands.size()),
          "Koch's trials match one drawer's images against another's",
          "Use data with at least two drawers that drew everything");
    }
    int[] two = random.distinct(2, hands.size());
    List<List<Sample>> support = new ArrayList<>();
    for (ImageClass each : chosen) {
      support.add(List.of(by(hands.get(two[1]), each)));
    }
    List<Trial> trials = new ArrayList<>();
    for (ImageClass asked : chosen) {
      int[] order = random.permutation(ways);
      int right = chosen.indexOf(asked);
      int answer =
          IntStream.range(0, ways).filter(i -> order[i] == right).findFirst().orElseThrow();
      List<List<Sample>> shuffled = Arrays.stream(order).mapToObj(support::get).toList();
      trials.add(new Trial(by(hands.get(two[0]), asked), shuffled, answer));
    }
    return trials;
  }

  private static List<Integer> commonDrawers(List<ImageClass> classes) {
    Set<Integer> common = null;
    for (ImageClass each : classes) {
      Set<Integer> hands =
          each.samples().stream()
              .map(Sample::drawer)
              .collect(Collectors.toCollection(TreeSet::new));
      if (common == null) {
        common = hands;
      } else {
        common.retainAll(hands);
      }
    }
    return common == null ? List.of() : List.copyOf(common);
  }

  private static Sample by(int drawer, ImageClass each) {
    return each.samples().stream()
        .filter(sample -> sample.drawer() == drawer)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public Evaluation run(Matcher matcher) {
    return run(matcher, this::draw);
  }

  /**
   * The same with trials that are made from these, as many in each draw.
   *
   * @param drawn the trials of a draw, by its index, always with the same images
   */
  Evaluation run(Matcher matcher, IntFunction<List<Trial>> drawn) {
    Examiner examiner =
        Examiner.ofTrials(matcher, IntStream.range(0, draws).mapToObj(drawn).flatMap(List::stream));
    double[] accuracies = new double[draws];
    double credit = 0;
    List<Outcome.OfTrial> first = List.of();
    for (int i = 0; i < draws; i++) {
      List<Outcome.OfTrial> outcomes = examiner.answer(drawn.apply(i));
      double right = Examiner.credit(outcomes);
      accuracies[i] = right / outcomes.size();
      credit += right;
      first = i == 0 ? outcomes : first;
    }
    int trials = size() * draws;
    Interval interval = Interval.wilson(credit, trials);
    if (draws > 1) {
      interval = interval.covering(Interval.ofMean(accuracies));
    }
    Score score =
        new Score(
            name(),
            credit / trials,
            interval,
            trials,
            seed,
            matcher.name(),
            data.name(),
            data.synthetic());
    return new Evaluation(score, Map.of(), List.copyOf(first));
  }
}
