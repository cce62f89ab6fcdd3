package dev.doppel.eval;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a protocol found out about a matcher.
 *
 * @param score the figure to report
 * @param figures further figures by name, such as {@code eer}; empty for trials
 * @param outcomes each question with its answer, in the order asked; of several draws the first
 */
public record Evaluation(Score score, Map<String, Double> figures, List<Outcome> outcomes) {

  public Evaluation {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    outcomes = List.copyOf(outcomes);
  }

  /** The same under another protocol's name, whose questions are these. */
  Evaluation called(String protocol) {
    return new Evaluation(score.called(protocol), figures, outcomes);
  }

  /** What was answered wrong, or right only by a tie, the furthest off first. */
  public List<Outcome> mistakes() {
    return outcomes.stream()
        .filter(outcome -> !outcome.right())
        .sorted(Comparator.comparingDouble(Outcome::margin)) // stable
        .toList();
  }
}
