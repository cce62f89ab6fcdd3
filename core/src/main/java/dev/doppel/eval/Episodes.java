package dev.doppel.eval;

import dev.doppel.data.Dataset;
import dev.doppel.episode.EpisodeSampler;
import dev.doppel.episode.EpisodeShape;
import dev.doppel.episode.Trial;
import dev.doppel.error.OptionException;
import dev.doppel.random.Seed;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * N-way K-shot trials, within groups or across them.
 *
 * <p>Where several queries share a support set, trials are not independent: the interval is then
 * Student's over the sets, never narrower than Wilson's over all trials.
 *
 * @param data where the images come from
 * @param shape what a trial looks like
 * @param trials number of trials
 * @param queries how many of them share a support set; 1 draws a set for each
 * @param seed seed of the trials
 */
public record Episodes(Dataset data, EpisodeShape shape, int trials, int queries, long seed)
    implements Protocol {

  public Episodes {
    if (trials < 1) {
      throw new OptionException(
          trials + " trials", "There must be at least 1", "Ask for more, such as 1000");
    }
    if (queries < 1 || trials % queries != 0) {
      throw new OptionException(
          "%d trials with %d queries of each support set".formatted(trials, queries),
          "All sets have as many queries, at least 1",
          "Take a number of trials that " + Math.max(1, queries) + " divides");
    }
    sampler(data, shape, seed); // refuses what the data cannot supply
  }

  /** Trials with a support set each. */
  public Episodes(Dataset data, EpisodeShape shape, int trials, long seed) {
    this(data, shape, trials, 1, seed);
  }

  private static EpisodeSampler sampler(Dataset data, EpisodeShape shape, long seed) {
    return new EpisodeSampler(data, shape, Seed.of(seed).at("episodes"));
  }

  @Override
  public String name() {
    return "episodes " + shape + (queries == 1 ? "" : ", " + queries + " queries a set");
  }

  @Override
  public TrialList questions() {
    EpisodeSampler sampler = sampler(data, shape, seed);
    return new TrialList(
        LongStream.range(0, trials / queries)
            .mapToObj(
                set -> queries == 1 ? List.of(sampler.trial(set)) : sampler.trials(set, queries))
            .flatMap(List::stream)
            .toList());
  }

  @Override
  public Evaluation run(Matcher matcher) {
    List<Trial> asked = questions().trials();
    List<Outcome.OfTrial> outcomes = Examiner.ofTrials(matcher, asked.stream()).answer(asked);
    double credit = Examiner.credit(outcomes);
    Interval interval = Interval.wilson(credit, trials);
    if (queries > 1 && trials > queries) {
      double[] sets = new double[trials / queries];
      for (int set = 0; set < sets.length; set++) {
        List<Outcome.OfTrial> own = outcomes.subList(set * queries, (set + 1) * queries);
        sets[set] = Examiner.credit(own) / queries;
      }
      interval = interval.covering(Interval.ofMean(sets));
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
    return new Evaluation(score, Map.of(), List.copyOf(outcomes));
  }
}
