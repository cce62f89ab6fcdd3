package dev.doppel.cli;

import dev.doppel.cli.results.Course;
import dev.doppel.cli.results.Figure;
import dev.doppel.cli.results.RecordedFigures;
import dev.doppel.cli.results.Reproduced;
import dev.doppel.cli.results.Reproduced.State;
import dev.doppel.cli.results.ResultsPage;
import dev.doppel.cli.results.Row;
import dev.doppel.cli.results.Row.Answering;
import dev.doppel.cli.results.Rows;
import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.error.DataException;
import dev.doppel.error.OptionException;
import dev.doppel.error.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doppel reproduce}: measures every row of the results table again. */
@Command(
    name = "reproduce",
    sortOptions = false,
    footer = {
      "",
      "The table is docs/results/omniglot.md. A row that has left its recorded interval",
      "is marked, and the exit code is 1. On two cores all rows of shipped models take",
      "some two minutes; --train takes hours.",
      "",
      "Examples:",
      "  doppel reproduce",
      "  doppel reproduce --only lake20/omniglot,lake20/modified-hausdorff",
      "  doppel reproduce --write docs/results/omniglot.md"
    })
final class ReproduceCommand implements Callable<Integer> {

  /** The model whose pictures the page shows. */
  private static final String MODEL = "omniglot";

  private final Doppel doppel;

  @Option(
      names = "--only",
      paramLabel = "ID,…",
      split = ",",
      hideParamSyntax = true,
      description = "Measure these rows alone; --list has their names.")
  private List<String> only = new ArrayList<>();

  @Option(names = "--list", description = "List all rows and what was recorded; measure nothing.")
  private boolean list;

  @Option(
      names = "--train",
      paramLabel = "DIR",
      description =
          "Measure the rows of models that are not shipped, too: train them in DIR unless they are"
              + " there. That takes hours; choose some by --only. Stopped, it goes on the next"
              + " time.")
  private @Nullable Path trainIn;

  @Option(
      names = "--write",
      paramLabel = "PAGE",
      description = "Write the page of results, and its pictures beside it.")
  private @Nullable Path page;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      arity = "0..1",
      fallbackValue = "models/results.json",
      description =
          "Record the new figures in place of the former ones (without FILE, in"
              + " ${FALLBACK-VALUE} of a copy of the repository).")
  private @Nullable Path recordTo;

  @Mixin private DataOptions data = new DataOptions();

  ReproduceCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() {
    List<Row> rows = only.isEmpty() ? Rows.ours() : Rows.named(only);
    if (page != null && !only.isEmpty()) {
      throw new OptionException(
          "Both --only and --write", "The page shows every row", "Leave one of them out");
    }
    if (data.synthetic() && recordTo != null) {
      throw new OptionException(
          "--record with characters that a program draws",
          "Recorded figures are about handwriting",
          "Leave one of them out");
    }
    RecordedFigures recorded = RecordedFigures.shipped();
    if (list) {
      tell(rows.stream().map(row -> ofOld(row, recorded)).toList());
      return ExitCode.DONE;
    }
    Omniglot omniglot =
        trainIn == null
            ? data.readForProtocols(doppel.console())
            : data.read(doppel.console()); // what is learned from, too
    RecordedFigures former = omniglot.synthetic() ? RecordedFigures.NONE : recorded;
    try (Remeasuring measuring = new Remeasuring(omniglot, trained(), doppel.console())) {
      List<Reproduced> results = measure(rows, former, measuring);
      tell(results);
      Map<String, Course> courses = new HashMap<>(former.courses());
      courses.putAll(measuring.courses());
      if (measuring.stopped()) {
        if (recordTo != null) {
          keep(recordTo, former, results, courses); // what is done is not lost
        }
        doppel.console().say("Stopped; say the same again to go on.");
        return ExitCode.FAILED;
      }
      if (page != null) {
        List<ResultsPage.Picture> pictures =
            new ResultPictures(measuring, omniglot, results, courses, MODEL).all();
        write(
            page,
            new ResultsPage(
                doppel.line(), results, pictures, Machine.describe(), omniglot.synthetic()));
      }
      if (recordTo != null) {
        keep(recordTo, former, results, courses);
        return ExitCode.DONE;
      }
      return verdict(results, doppel.console());
    }
  }

  private @Nullable TrainedModels trained() {
    return trainIn == null ? null : TrainedModels.in(trainIn);
  }

  private List<Reproduced> measure(
      List<Row> rows, RecordedFigures recorded, Remeasuring measuring) {
    List<Reproduced> results = new ArrayList<>();
    for (Row row : rows) {
      doppel.console().say("%d of %d: %s".formatted(results.size() + 1, rows.size(), row.id()));
      Figure anew = measuring.figure(row);
      if (measuring.stopped()) {
        return results;
      }
      results.add(
          anew == null
              ? ofOld(row, recorded)
              : Reproduced.measured(row, recorded.figures().get(row.id()), anew));
    }
    return results;
  }

  /** A row that is not measured: by its kind, or as its model is not there. */
  private static Reproduced ofOld(Row row, RecordedFigures recorded) {
    Figure figure = recorded.figures().get(row.id());
    Answering by = row.by();
    State state =
        figure == null
            ? State.NEW
            : row.origin() instanceof Row.Trained ? State.NEEDS_TRAINING : State.RECORDED;
    if (by != null && !Remeasuring.isShipped(by)) {
      state = State.MODEL_MISSING;
    } else if (!Remeasuring.isThere(row)) {
      state = State.DATA_MISSING;
    }
    return Reproduced.unmeasured(row, figure, state);
  }

  /** Says which rows moved, and gives the exit code. */
  static int verdict(List<Reproduced> results, Console console) {
    List<String> moved =
        results.stream()
            .filter(each -> each.state() == State.MOVED)
            .map(each -> each.row().id())
            .toList();
    if (moved.isEmpty()) {
      return ExitCode.DONE;
    }
    console.say(
        ("%d of %d rows moved out of the recorded interval: %s. Other data, another model or"
                + " another rule made them; if that is meant, record them with --record.")
            .formatted(moved.size(), results.size(), String.join(", ", moved)));
    return ExitCode.FAILED;
  }

  private void keep(
      Path file, RecordedFigures former, List<Reproduced> results, Map<String, Course> courses) {
    Map<String, Figure> anew = new LinkedHashMap<>();
    for (Reproduced each : results) {
      if (each.anew() != null) {
        anew.put(each.row().id(), each.anew());
      }
    }
    former.with(Machine.describe(), anew, courses).write(file);
    doppel.console().say("Recorded %d figures in %s".formatted(anew.size(), file));
  }

  private void write(Path file, ResultsPage results) {
    try {
      for (ResultsPage.Picture picture : results.pictures()) {
        Files.writeString(file.resolveSibling(picture.file()), picture.svg());
      }
      Files.writeString(file, results.markdown());
    } catch (IOException refused) {
      throw new DataException(
          "The page cannot be written to " + file + " (" + Reason.of(refused) + ")",
          "It needs a folder that exists, with room and permission to write",
          "Make the folder, or choose another place",
          refused);
    }
    doppel.console().say("Wrote " + file);
  }

  private void tell(List<Reproduced> results) {
    Console console = doppel.console();
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "reproduce");
      document.put("rows", results.stream().map(ReproduceCommand::json).toList());
      console.json(document);
      return;
    }
    Table table =
        new Table(
            Table.Align.LEFT,
            Table.Align.RIGHT,
            Table.Align.RIGHT,
            Table.Align.RIGHT,
            Table.Align.RIGHT,
            Table.Align.LEFT);
    table.row("row", "recorded", "95 %", "now", "seconds", "").row();
    for (Reproduced each : results) {
      Figure old = each.recorded();
      Figure anew = each.anew();
      table.row(
          each.row().id(),
          old == null ? "" : ScoreText.percent(old.accuracy()),
          old == null ? "" : ScoreText.range(old.interval()),
          anew == null ? "" : ScoreText.percent(anew.accuracy()),
          anew == null ? "" : String.format(Locale.ROOT, "%.1f", anew.seconds()),
          each.state().words());
    }
    table.lines().forEach(console::print);
  }

  private static Map<String, @Nullable Object> json(Reproduced each) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", each.row().id());
    json.put("section", each.row().section().title());
    json.put("who", each.row().who().replace("`", ""));
    json.put("protocol", each.row().protocol());
    json.put("command", each.row().origin().command());
    json.put("state", each.state().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    json.put("recorded", json(each.recorded()));
    json.put("now", json(each.anew()));
    return json;
  }

  private static @Nullable Map<String, Object> json(@Nullable Figure figure) {
    if (figure == null) {
      return null;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("accuracy", figure.accuracy());
    json.put("interval", List.of(figure.interval().low(), figure.interval().high()));
    json.put("trials", figure.trials());
    json.put("seeds", figure.seeds());
    json.put("seconds", figure.seconds());
    json.put("millis", figure.millis());
    return json;
  }
}
