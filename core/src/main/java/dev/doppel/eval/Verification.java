package dev.doppel.eval;

import dev.doppel.data.Dataset;
import dev.doppel.episode.Negatives;
import dev.doppel.episode.Pair;
import dev.doppel.episode.PairSampler;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Same or different? The threshold is the best on validation pairs and is then applied to test
 * pairs, as in Koch et al. 2015 (table 1).
 *
 * <p>Accuracy depends on how different pairs are drawn, so the name says it. The further figures
 * are {@code threshold}, {@code validation accuracy}, and of the test pairs {@code auc}, {@code
 * eer}, {@code tar at far 0.01} and {@code tar at far 0.001}.
 *
 * @param validation where the pairs come from that set the threshold
 * @param test where the pairs come from that are scored
 * @param negatives where the two classes of a different pair come from
 * @param pairs number of pairs of each
 * @param seed seed of the pairs
 */
public record Verification(
    Dataset validation, Dataset test, Negatives negatives, int pairs, long seed)
    implements Protocol {

  public Verification {
    sampler(validation, "validation", negatives, pairs, seed); // refuses what the data
    sampler(test, "test", negatives, pairs, seed); // cannot supply
  }

  @Override
  public String name() {
    return "verification, negatives from "
        + (negatives == Negatives.SAME_GROUP ? "the same group" : "any group");
  }

  /** The test pairs. */
  @Override
  public PairList questions() {
    return new PairList(sampler(test, "test", negatives, pairs, seed).pairs().toList());
  }

  private static PairSampler sampler(
      Dataset data, String part, Negatives negatives, int pairs, long seed) {
    return new PairSampler(data, pairs, negatives, Seed.of(seed).at("verification").at(part));
  }

  @Override
  public Evaluation run(Matcher matcher) {
    List<Pair> known = sampler(validation, "validation", negatives, pairs, seed).pairs().toList();
    List<Pair> asked = questions().pairs();
    Examiner examiner = Examiner.ofPairs(matcher, Stream.concat(known.stream(), asked.stream()));
    Roc onKnown = new Roc(examiner.judge(known));
    double threshold = onKnown.bestThreshold();
    List<Scored> scored = examiner.judge(asked);
    Roc roc = new Roc(scored);
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      outcomes.add(new Outcome.OfPair(asked.get(i), scored.get(i).score(), threshold));
    }
    double credit = Examiner.credit(outcomes);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("threshold", threshold);
    figures.put("validation accuracy", onKnown.bestAccuracy());
    figures.put("auc", roc.auc());
    figures.put("eer", roc.eer());
    figures.put("tar at far 0.01", roc.atFar(0.01).tar());
    figures.put("tar at far 0.001", roc.atFar(0.001).tar());
    Score score =
        new Score(
            name(),
            credit / pairs,
            Interval.wilson(credit, pairs),
            pairs,
            seed,
            matcher.name(),
            test.name(),
            test.synthetic());
    return new Evaluation(score, figures, outcomes);
  }
}
