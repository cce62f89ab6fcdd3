package dev.doppel.cli.report;

import dev.doppel.eval.OpenSetReport;
import dev.doppel.eval.Score;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that the page about a training run shows.
 *
 * @param scores what was measured; the first is the headline
 * @param loss the training loss
 * @param validation accuracy on the validation alphabets, 0 to 1
 * @param strangers what was said of things that were never enrolled
 * @param mistakes wrong answers, the hardest first
 * @param wrong how many wrong answers there were in all
 * @param provenance what made the run, by name
 * @param settings every setting of the run, by name
 */
public record RunReport(
    List<Score> scores,
    Curve loss,
    Curve validation,
    OpenSetReport strangers,
    List<Mistake> mistakes,
    int wrong,
    Map<String, String> provenance,
    Map<String, String> settings) {

  public RunReport {
    scores = List.copyOf(scores);
    mistakes = List.copyOf(mistakes);
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    if (scores.isEmpty()) {
      throw new IllegalArgumentException("a report needs a score");
    }
  }

  /** Whether any figure was measured on drawings of a program. */
  boolean synthetic() {
    return scores.stream().anyMatch(Score::synthetic);
  }
}
