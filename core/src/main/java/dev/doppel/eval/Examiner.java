package dev.doppel.eval;

import dev.doppel.data.Sample;
import dev.doppel.episode.Pair;
import dev.doppel.episode.Trial;
import dev.doppel.error.ModelException;
import dev.doppel.image.Image;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
   * Answers trials, those that share a support set together.
   *
   * @throws ModelException if a score is no number, or every trial ties on all its ways
   */
  List<Outcome.OfTrial> answer(List<Trial> trials) {
    Map<List<List<Integer>>, List<Asked>> shared = new LinkedHashMap<>();
    for (int number = 0; number < trials.size(); number++) {
      Asked asked = asked(number, trials.get(number));
      shared.computeIfAbsent(asked.sorted(), unseen -> new ArrayList<>()).add(asked);
    }
    Outcome.OfTrial[] outcomes = new Outcome.OfTrial[trials.size()];
    shared.entrySet().parallelStream()
        .forEach(each -> answer(each.getKey(), each.getValue(), outcomes));
    if (Stream.of(outcomes).allMatch(each -> each.scores().stream().distinct().count() == 1)) {
      throw refused("gave all ways of each of %d trials one score".formatted(trials.size()));
    }
    return List.of(outcomes);
  }

  private void answer(List<List<Integer>> support, List<Asked> group, Outcome.OfTrial[] outcomes) {
    double[][] scores =
        comparison.scores(
            group.stream().mapToInt(asked -> at(asked.trial.query())).toArray(),
            support.stream()
                .map(way -> way.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new));
    for (int i = 0; i < scores.length; i++) {
      Asked asked = group.get(i);
      List<Double> ofWays = new ArrayList<>();
      for (List<Integer> way : asked.ways) {
        ofWays.add(checked(scores[i][support.indexOf(way)]));
      }
      outcomes[asked.number] = new Outcome.OfTrial(asked.trial, ofWays);
    }
  }

  private Asked asked(int number, Trial trial) {
    return new Asked(
        number,
        trial,
        trial.support().stream().map(way -> way.stream().map(this::at).toList()).toList());
  }

  /** A trial with the places of its support images, way by way. */
  private record Asked(int number, Trial trial, List<List<Integer>> ways) {

    /** The ways in an order that trials with the same support set have in common. */
    List<List<Integer>> sorted() {
      return ways.stream().sorted(Comparator.comparing(way -> way.get(0))).toList();
    }
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
