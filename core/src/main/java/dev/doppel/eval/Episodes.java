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
 * @param data where the images come from
 * @param shape what a trial looks like
 * @param trials number of trials
 * @param seed seed of the trials
 */
public record Episodes(Dataset data, EpisodeShape shape, int trials, long seed)
    implements Protocol {

  public Episodes {
    if (trials < 1) {
      throw new OptionException(
          trials + " trials", "There must be at least 1", "Ask for more, such as 1000");
    }
    sampler(data, shape, seed); // refuses what the data cannot supply
  }

  private static EpisodeSampler sampler(Dataset data, EpisodeShape shape, long seed) {
    return new EpisodeSampler(data, shape, Seed.of(seed).at("episodes"));
  }

  @Override
  public String name() {
    return "episodes " + shape;
  }

  @Override
  public TrialList questions() {
    EpisodeSampler sampler = sampler(data, shape, seed);
    return new TrialList(LongStream.range(0, trials).mapToObj(sampler::trial).toList());
  }

  @Override
  public Evaluation run(Matcher matcher) {
    List<Trial> asked = questions().trials();
    List<Outcome.OfTrial> outcomes = Examiner.ofTrials(matcher, asked.stream()).answer(asked);
    double credit = Examiner.credit(outcomes);
    Score score =
        new Score(
            name(),
            credit / trials,
            Interval.wilson(credit, trials),
            trials,
            seed,
            matcher.name(),
            data.name(),
            data.synthetic());
    return new Evaluation(score, Map.of(), List.copyOf(outcomes));
  }
}
