package dev.doppel.cli;

import dev.doppel.eval.Evaluation;
import dev.doppel.eval.Interval;
import dev.doppel.eval.Score;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Scores as programs and people read them. */
final class ScoreText {

  private ScoreText() {}

  /** A score's members in a JSON document. */
  static Map<String, Object> json(Score score) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("protocol", score.protocol());
    json.put("accuracy", score.accuracy());
    json.put("interval", List.of(score.interval().low(), score.interval().high()));
    json.put("trials", score.trials());
    json.put("seed", score.seed());
    json.put("model", score.model());
    json.put("data", score.data());
    json.put("synthetic", score.synthetic());
    return json;
  }

  /** A score's members with the evaluation's further figures. */
  static Map<String, Object> json(Evaluation evaluation) {
    Map<String, Object> json = json(evaluation.score());
    if (!evaluation.figures().isEmpty()) {
      json.put("figures", evaluation.figures());
    }
    return json;
  }

  /** An evaluation as lines of two columns. */
  static List<String> lines(Evaluation evaluation) {
    Score score = evaluation.score();
    Table table = new Table(Table.Align.LEFT, Table.Align.LEFT);
    table
        .row("protocol", score.protocol())
        .row("answered by", score.model())
        .row("data", score.data() + (score.synthetic() ? "  (SYNTHETIC)" : ""))
        .row("accuracy", percent(score.accuracy()) + "   95 % interval " + range(score.interval()))
        .row(
            "trials",
            count(score.trials()) + (score.seed() == 0 ? ", fixed" : ", seed " + score.seed()));
    evaluation
        .figures()
        .forEach((name, value) -> table.row(name, String.format(Locale.ROOT, "%.4f", value)));
    return table.lines();
  }

  /** Evaluations of one matcher: one as {@link #lines(Evaluation)}, several as a table. */
  static List<String> lines(List<Evaluation> evaluations) {
    Score first = evaluations.get(0).score();
    if (evaluations.size() == 1) {
      return lines(evaluations.get(0));
    }
    List<String> lines = new ArrayList<>();
    lines.addAll(
        new Table(Table.Align.LEFT, Table.Align.LEFT)
            .row("answered by", first.model())
            .row("data", first.data() + (first.synthetic() ? "  (SYNTHETIC)" : ""))
            .row("trials", count(first.trials()) + " a row, seed " + first.seed())
            .lines());
    lines.add("");
    Table table = new Table(Table.Align.LEFT, Table.Align.RIGHT, Table.Align.LEFT);
    table.row("protocol", "accuracy", "95 % interval");
    for (Evaluation each : evaluations) {
      Score score = each.score();
      table.row(score.protocol(), percent(score.accuracy()), range(score.interval()));
    }
    lines.addAll(table.lines());
    return lines;
  }

  /** A share as a percentage with two digits: {@code 96.25 %}. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  /** An interval as percentages with one digit: {@code 93.9 – 97.7}. */
  static String range(Interval interval) {
    return String.format(Locale.ROOT, "%.1f – %.1f", 100 * interval.low(), 100 * interval.high());
  }

  private static String count(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
