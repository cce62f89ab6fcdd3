package dev.doppel.eval;

import dev.doppel.data.Sample;
import dev.doppel.data.omniglot.LakeRuns;
import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.episode.Trial;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Lake's 20 fixed runs: 400 one-shot trials of 20 ways, the same for everybody since 2015.
 *
 * <p>The ways are shuffled, each trial always in the same order, so that answering "the first"
 * earns nothing.
 *
 * @param runs the runs
 * @param data name of the data set
 * @param synthetic whether a program drew it
 */
public record Lake20(LakeRuns runs, String data, boolean synthetic) implements Protocol {

  /** The runs that come with a data set. */
  public static Lake20 of(Omniglot omniglot) {
    boolean synthetic = omniglot.synthetic();
    String name = (synthetic ? "synthetic " : "") + "omniglot, Lake's runs";
    return new Lake20(omniglot.runs(), name, synthetic);
  }

  @Override
  public String name() {
    return "lake20";
  }

  @Override
  public TrialList questions() {
    Seed address = Seed.of(0).at("lake20");
    List<Trial> trials = new ArrayList<>();
    for (LakeRuns.Run run : runs.runs()) {
      for (LakeRuns.Item item : run.items()) {
        trials.add(trial(run.training(), item, address.at(trials.size()).draws()));
      }
    }
    return new TrialList(trials);
  }

  private static Trial trial(List<Sample> training, LakeRuns.Item item, Draws draws) {
    int[] order = draws.permutation(training.size());
    List<List<Sample>> support =
        Arrays.stream(order).mapToObj(way -> List.of(training.get(way))).toList();
    int answer =
        IntStream.range(0, order.length)
            .filter(way -> order[way] == item.answer())
            .findFirst()
            .orElseThrow();
    return new Trial(item.image(), support, answer);
  }

  @Override
  public Evaluation run(Matcher matcher) {
    List<Trial> trials = questions().trials();
    List<Outcome.OfTrial> outcomes = Examiner.ofTrials(matcher, trials.stream()).answer(trials);
    double credit = Examiner.credit(outcomes);
    int count = trials.size();
    Score score =
        new Score(
            name(),
            credit / count,
            Interval.wilson(credit, count),
            count,
            0,
            matcher.name(),
            data,
            synthetic);
    return new Evaluation(score, Map.of(), List.copyOf(outcomes));
  }
}
