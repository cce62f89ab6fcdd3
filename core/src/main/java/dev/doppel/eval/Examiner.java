package dev.doppel.eval;

import dev.doppel.data.Sample;
import dev.doppel.episode.Pair;
import dev.doppel.episode.Trial;
import dev.doppel.error.ModelException;
import dev.doppel.image.Image;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A matcher that has looked at every image of an examination once, and now answers.
 *
 * <p>Questions are answered in parallel and kept in order, so results do not depend on threads.
 */
final class Examiner {

  private final Matcher matcher;
  private final IdentityHashMap<Image, Integer> index = new IdentityHashMap<>();
  private final Matcher.Comparison comparison;

  private Examiner(Matcher matcher, Stream<Sample> samples) {
    this.matcher = matcher;
    List<Image> distinct = new ArrayList<>();
    samples.forEach(
        sample -> {
          if (index.putIfAbsent(sample.image(), distinct.size()) == null) {
            distinct.add(sample.image());
          }
        });
    this.comparison = matcher.over(List.copyOf(distinct));
  }

  static Examiner ofTrials(Matcher matcher, Stream<Trial> trials) {
    return new Examiner(
        matcher,
        trials.flatMap(
            trial ->
                Stream.concat(
                    Stream.of(trial.query()), trial.support().stream().flatMap(List::stream))));
  }

  static Examiner ofPairs(Matcher matcher, Stream<Pair> pairs) {
    return new Examiner(matcher, pairs.flatMap(pair -> Stream.of(pair.first(), pair.second())));
  }

  static Examiner ofSamples(Matcher matcher, Stream<Sample> samples) {
    return new Examiner(matcher, samples);
  }

  /** Where the examiner keeps images, to ask about them again and again. */
  int[] places(List<Sample> samples) {
    return samples.stream().mapToInt(this::at).toArray();
  }

  /**
   * The scores of an image against others.
   *
   * @param places of the others
   * @throws ModelException if a score is no number
   */
  double[] scores(Sample query, int[] places) {
    int first = at(query);
    double[] scores = new double[places.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = checked(comparison.score(first, places[i]));
    }
    return scores;
  }

  /**
   * @throws ModelException if a score is no number, or every trial ties on all its ways
   */
  List<Outcome.OfTrial> answer(List<Trial> trials) {
    List<Outcome.OfTrial> outcomes = trials.parallelStream().map(this::answer).toList();
    boolean flat =
        outcomes.stream().allMatch(each -> each.scores().stream().distinct().count() == 1);
    if (flat) {
      throw refused("gave all ways of each of %d trials one score".formatted(trials.size()));
    }
    return outcomes;
  }

  private Outcome.OfTrial answer(Trial trial) {
    int[][] support =
        trial.support().stream()
            .map(way -> way.stream().mapToInt(this::at).toArray())
            .toArray(int[][]::new);
    List<Double> scores = new ArrayList<>();
    for (double score : comparison.scores(at(trial.query()), support)) {
      scores.add(checked(score));
    }
    return new Outcome.OfTrial(trial, scores);
  }

  /**
   * @throws ModelException if a score is no number, or all are the same
   */
  List<Scored> judge(List<Pair> pairs) {
    double[] scores =
        IntStream.range(0, pairs.size())
            .parallel()
            .mapToDouble(i -> comparison.score(at(pairs.get(i).first()), at(pairs.get(i).second())))
            .map(this::checked)
            .toArray();
    if (IntStream.range(1, scores.length).allMatch(i -> scores[i] == scores[0])) {
      throw refused("gave each of %d pairs the score %s".formatted(scores.length, scores[0]));
    }
    return IntStream.range(0, scores.length)
        .mapToObj(i -> new Scored(scores[i], pairs.get(i).relation()))
        .toList();
  }

  private int at(Sample sample) {
    Integer found = index.get(sample.image());
    if (found == null) {
      throw new IllegalArgumentException(sample.id() + " was not shown before the examination");
    }
    return found;
  }

  private double checked(double score) {
    if (Double.isNaN(score)) {
      throw refused("gave a score that is no number");
    }
    return score + 0.0; // makes −0 and 0 one score
  }

  private ModelException refused(String what) {
    return new ModelException(
        matcher.name() + " " + what,
        "Scores must be numbers and tell images apart",
        "It has collapsed or diverged: train again with a lower rate, or use an earlier model");
  }

  /** The number of questions answered right, in their order, ties in fractions. */
  static double credit(List<? extends Outcome> outcomes) {
    double sum = 0;
    for (Outcome outcome : outcomes) {
      sum += outcome.credit();
    }
    return Math.min(sum, outcomes.size());
  }
}
