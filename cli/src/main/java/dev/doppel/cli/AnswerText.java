package dev.doppel.cli;

import dev.doppel.Answer;
import dev.doppel.Answer.Candidate;
import dev.doppel.Decision;
import dev.doppel.Question;
import dev.doppel.model.Head;
import dev.doppel.model.Twin;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Answers as programs and people read them. */
final class AnswerText {

  /** The columns of {@link #cells}. */
  static final List<String> COLUMNS =
      List.of("file", "decision", "label", "probability", "score", "threshold", "labels");

  private AnswerText() {}

  /**
   * An answer's members in a JSON document, as the server names them too; {@code reachable} says
   * whether any two embeddings can score the threshold.
   */
  static Map<String, Object> json(String file, Answer answer, Head head) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", file);
    json.put("decision", decision(answer));
    json.put("label", answer.label());
    json.put("score", answer.score());
    json.put("probability", answer.probability());
    json.put("threshold", answer.threshold());
    json.put("reachable", answer.threshold() <= head.highest());
    json.put("labels", answer.labels());
    json.put("exact", answer.exact());
    List<Map<String, Object>> ranked = new ArrayList<>();
    for (Candidate each : answer.ranked()) {
      Map<String, Object> candidate = new LinkedHashMap<>();
      candidate.put("label", each.label());
      candidate.put("score", each.score());
      candidate.put("probability", each.probability());
      candidate.put("items", each.items());
      candidate.put("nearest", each.nearest());
      candidate.put("nearestScore", each.nearestScore());
      ranked.add(candidate);
    }
    json.put("ranked", ranked);
    return json;
  }

  /** An answer as a row of a table for programs. */
  static List<String> cells(String file, Answer answer) {
    return List.of(
        file,
        decision(answer),
        answer.label(),
        Double.toString(answer.probability()),
        Double.toString(answer.score()),
        Double.toString(answer.threshold()),
        Long.toString(answer.labels()));
  }

  /** An answer as a row of a table for people. */
  static String[] row(String file, Answer answer) {
    return new String[] {
      file, decision(answer), answer.label(), percent(answer.probability()), score(answer.score())
    };
  }

  /** One answer at length. */
  static List<String> lines(String named, Answer answer, Question question, Twin twin) {
    String file = named.replace("\n", "\\n"); // a name may hold anything, a sentence may not
    List<String> lines = new ArrayList<>();
    boolean calibrated = twin.calibration().fitted();
    String best = "\"" + answer.label() + "\"";
    lines.add(
        switch (answer.decision()) {
          case KNOWN -> "%s shows %s.".formatted(file, best);
          case UNSURE -> "%s may show %s; that is not sure.".formatted(file, best);
          case UNKNOWN -> "%s shows nothing that is enrolled. Closest is %s.".formatted(file, best);
        });
    lines.add("");
    Table table =
        new Table(Table.Align.LEFT, Table.Align.RIGHT, Table.Align.RIGHT, Table.Align.RIGHT);
    table.row("label", "probability", "score", "images").row();
    for (Candidate each : answer.ranked()) {
      table.row(
          each.label(),
          percent(each.probability()),
          score(each.score()),
          String.format(Locale.ROOT, "%,d", each.items()));
    }
    lines.addAll(table.lines());
    lines.add("");
    lines.add(
        calibrated
            ? rule(answer, question, twin.head())
            : "Nothing is known for sure by %s: it was never calibrated (doppel calibrate)."
                .formatted(twin.name()));
    if (twin.provenance().synthetic()) {
      lines.add("The model learned from SYNTHETIC data.");
    }
    return lines;
  }

  /** What the decision rests on. */
  private static String rule(Answer answer, Question question, Head head) {
    if (answer.threshold() > head.highest()) {
      return ("No score is enough to be known: among %s, more than %s in 100 pictures of other"
              + " things may reach the highest there is, %s. Calibrate on more images, or allow"
              + " more by --false-accepts.")
          .formatted(
              Counted.of(answer.labels(), "label"),
              hundredth(question.falseAccepts()),
              score(head.highest()));
    }
    String rule =
        "Known from a score of %s: among %s, %s in 100 pictures of other things reach that."
            .formatted(
                score(answer.threshold()),
                Counted.of(answer.labels(), "label"),
                hundredth(question.falseAccepts()));
    boolean rival = answer.score() >= answer.threshold() && answer.decision() == Decision.UNSURE;
    return rival ? rule + "\nThis one does, but another label is about as likely." : rule;
  }

  private static String decision(Answer answer) {
    return answer.decision().name().toLowerCase(Locale.ROOT);
  }

  /** A share as so many in a hundred, to two digits. */
  static String hundredth(double share) {
    return plain(100 * share);
  }

  /** A number to two digits, never with an exponent. */
  static String plain(double number) {
    return BigDecimal.valueOf(number)
        .round(new MathContext(2))
        .stripTrailingZeros()
        .toPlainString();
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  static String score(double score) {
    return String.format(Locale.ROOT, "%.4f", score);
  }
}
