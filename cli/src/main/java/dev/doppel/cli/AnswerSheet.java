package dev.doppel.cli;

import dev.doppel.Answer;
import dev.doppel.Decision;
import dev.doppel.Recognizer;
import dev.doppel.model.Head;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the answers about many images are written down, in one form or another. */
sealed interface AnswerSheet {

  /** Adds an answer. */
  void add(String file, Answer answer);

  /** Ends with the files about which there is no answer. */
  void end(List<Unreadable> unreadable);

  /** Says on standard error which files could not be read. */
  static void say(Console console, List<Unreadable> unreadable) {
    if (!unreadable.isEmpty()) {
      console.say(Counted.of(unreadable.size(), "picture") + " could not be read:");
      Unreadable.lines(unreadable).forEach(console::say);
    }
  }

  /** A table for people. */
  final class Words implements AnswerSheet {

    private final Console console;
    private final Table table =
        new Table(
            Table.Align.LEFT,
            Table.Align.LEFT,
            Table.Align.LEFT,
            Table.Align.RIGHT,
            Table.Align.RIGHT);
    private final Map<Decision, Integer> decisions = new EnumMap<>(Decision.class);

    Words(Console console) {
      this.console = console;
      table.row("image", "answer", "closest", "probability", "score").row();
    }

    @Override
    public void add(String file, Answer answer) {
      table.row(AnswerText.row(file, answer));
      decisions.merge(answer.decision(), 1, Integer::sum);
    }

    @Override
    public void end(List<Unreadable> unreadable) {
      table.lines().forEach(console::print);
      console.print("");
      console.print(
          "%,d known, %,d unsure, %,d unknown."
              .formatted(
                  decisions.getOrDefault(Decision.KNOWN, 0),
                  decisions.getOrDefault(Decision.UNSURE, 0),
                  decisions.getOrDefault(Decision.UNKNOWN, 0)));
      say(console, unreadable);
    }
  }

  /** Comma-separated values. */
  final class Csv implements AnswerSheet {

    private final Console console;

    Csv(Console console) {
      this.console = console;
      console.csv(AnswerText.COLUMNS);
    }

    @Override
    public void add(String file, Answer answer) {
      console.csv(AnswerText.cells(file, answer));
    }

    @Override
    public void end(List<Unreadable> unreadable) {
      say(console, unreadable);
    }
  }

  /** A JSON document a line, for whoever reads along. */
  final class JsonLines implements AnswerSheet {

    private final Console console;
    private final Head head;

    JsonLines(Console console, Head head) {
      this.console = console;
      this.head = head;
    }

    @Override
    public void add(String file, Answer answer) {
      console.jsonLine(AnswerText.json(file, answer, head));
      console.out().flush();
    }

    @Override
    public void end(List<Unreadable> unreadable) {
      unreadable.forEach(each -> console.jsonLine(each.json()));
      say(console, unreadable);
    }
  }

  /** One JSON document. */
  final class Json implements AnswerSheet {

    private final Console console;
    private final Path gallery;
    private final Recognizer recognizer;
    private final List<Map<String, Object>> answers = new ArrayList<>();

    Json(Console console, Path gallery, Recognizer recognizer) {
      this.console = console;
      this.gallery = gallery;
      this.recognizer = recognizer;
    }

    @Override
    public void add(String file, Answer answer) {
      answers.add(AnswerText.json(file, answer, recognizer.twin().head()));
    }

    @Override
    public void end(List<Unreadable> unreadable) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "identify");
      document.put("gallery", gallery.toString());
      document.put("model", recognizer.twin().name());
      document.put("calibrated", recognizer.twin().calibration().fitted());
      document.put("synthetic", recognizer.twin().provenance().synthetic());
      document.put("answers", answers);
      document.put("unreadable", unreadable.stream().map(Unreadable::json).toList());
      console.json(document);
      say(console, unreadable);
    }
  }
}
