package dev.doppel.cli;

import dev.doppel.Question;
import dev.doppel.cli.report.Curve;
import dev.doppel.cli.report.Mistake;
import dev.doppel.cli.report.ReportPage;
import dev.doppel.cli.report.RunReport;
import dev.doppel.cli.report.Standing;
import dev.doppel.data.Dataset;
import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.episode.EpisodeShape.Scope;
import dev.doppel.error.DataException;
import dev.doppel.error.OptionException;
import dev.doppel.error.Reason;
import dev.doppel.eval.Evaluation;
import dev.doppel.eval.Lake20;
import dev.doppel.eval.OpenSet;
import dev.doppel.eval.OpenSetReport;
import dev.doppel.eval.Outcome;
import dev.doppel.eval.Score;
import dev.doppel.onnx.ModelFile;
import dev.doppel.onnx.OpenModel;
import dev.doppel.option.Settings;
import dev.doppel.torch.History;
import dev.doppel.torch.Presets;
import dev.doppel.torch.Trained;
import dev.doppel.torch.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doppel demo}: from nothing to a score beside the published ones, and a page about it. */
@Command(name = "demo", sortOptions = false)
final class DemoCommand implements Callable<Integer> {

  /** What an impatient person waits, and enough to come past Koch's net on two cores. */
  private static final Duration BUDGET = Duration.ofMinutes(8);

  private static final int MISTAKES = 12;

  /** Labels of the galleries that strangers are held against. */
  private static final List<Integer> GALLERIES = List.of(20, 100);

  /** Galleries of each size: enough for a picture. */
  private static final int DRAWS = 20;

  private final Doppel doppel;

  @Mixin private TrainingOptions options = new TrainingOptions();
  @Mixin private DataOptions data = new DataOptions();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      defaultValue = "report.html",
      description = "The page to write (default ${DEFAULT-VALUE}).")
  private Path page = Path.of("report.html");

  DemoCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() {
    options.check();
    Path folder = page.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(page)) {
      throw new OptionException(
          "The page cannot be written to " + page,
          "It needs a folder that exists, and is a file itself",
          "Choose another with --report");
    }
    TrainingPlan plan = options.plan(Presets.names().get(0));
    Console console = doppel.console();
    Omniglot omniglot = data.read(console);
    TrainingData learned = TrainingData.of(omniglot, plan);
    Training training = new Training(console);
    Trained trained = training.run(plan, learned, options, BUDGET, doppel.line());
    if (!trained.complete()) {
      return options.exitCode(trained);
    }
    console.say("Asking Lake's twenty runs …");
    FinishedModel model =
        FinishedModel.write(options.out(), trained, learned, List.of(Lake20.of(omniglot)), console);
    options.clear();
    Evaluation lake = model.evaluations().get(0);
    OpenSetReport strangers = strangers(options.out(), omniglot);
    write(ReportPage.of(report(training, trained, lake, strangers, omniglot)));
    tell(trained, lake.score());
    return ExitCode.DONE;
  }

  /** Asks the finished model about alphabets that neither training nor calibration saw. */
  private OpenSetReport strangers(Path model, Omniglot omniglot) {
    Console console = doppel.console();
    console.say("Asking about strangers …");
    Dataset alphabets = omniglot.testAlphabets();
    OpenSet protocol =
        new OpenSet(
            alphabets,
            alphabets.where("nothing", group -> false),
            GALLERIES,
            List.of(Question.standard().falseAccepts()),
            Scope.ACROSS,
            DRAWS,
            1);
    try (OpenModel open = ModelFile.open(model)) {
      SeenImages seen = SeenImages.of(open.twin(), protocol.questions().images(), console);
      return protocol.run(seen, new OpenAnswers(open.twin().calibration()));
    }
  }

  private static RunReport report(
      Training training,
      Trained trained,
      Evaluation lake,
      OpenSetReport strangers,
      Omniglot omniglot) {
    List<Outcome.OfTrial> wrong = new ArrayList<>();
    for (Outcome outcome : lake.outcomes()) {
      if (outcome instanceof Outcome.OfTrial trial && !trial.right()) {
        wrong.add(trial);
      }
    }
    wrong.sort(Comparator.comparingDouble(Outcome.OfTrial::margin)); // the surest of them first
    List<Curve.Point> validation = new ArrayList<>();
    for (History.Epoch epoch : trained.history().epochs()) {
      validation.add(new Curve.Point(epoch.epoch(), epoch.validation()));
    }
    return new RunReport(
        List.of(lake.score()),
        training.progress().losses(),
        new Curve(validation),
        strangers,
        wrong.stream()
            .limit(MISTAKES)
            .map(each -> Mistake.of(each.trial(), each.chosen(), -each.margin()))
            .toList(),
        wrong.size(),
        provenance(trained, omniglot),
        Settings.of(trained.plan()));
  }

  private static Map<String, String> provenance(Trained trained, Omniglot omniglot) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "trained on", omniglot.background().name() + ", fingerprint " + omniglot.fingerprint());
    facts.put("seed", Long.toString(trained.plan().seed()));
    facts.put("training", CourseText.words(trained.history()));
    facts.putAll(Version.all());
    return facts;
  }

  private void write(String html) {
    Path beside = page.resolveSibling(page.getFileName() + ".part");
    try {
      Files.writeString(beside, html);
      Files.move(beside, page, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException refused) {
      throw new DataException(
          "The page cannot be written to " + page + " (" + Reason.of(refused) + ")",
          "It needs a folder with room and permission to write",
          "The model is written; choose another place with --report next time",
          refused);
    }
  }

  private void tell(Trained trained, Score lake) {
    Console console = doppel.console();
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "demo");
      document.put("model", options.out().toString());
      document.put("report", page.toString());
      document.put("training", CourseText.json(trained.history()));
      document.put("scores", List.of(ScoreText.json(lake)));
      document.put("published", Standing.published().stream().map(DemoCommand::json).toList());
      console.json(document);
      return;
    }
    table(lake).forEach(console::print);
    console.say("");
    console.say("Model: " + options.out() + "   Page: " + page);
    console.say("Try it: doppel verify ONE.png ANOTHER.png --model " + options.out());
  }

  /** The standings as people read them. */
  static List<String> table(Score lake) {
    List<String> lines = new ArrayList<>();
    lines.add("One of 20, from one example each: Lake's 400 questions");
    if (lake.synthetic()) {
      lines.add("SYNTHETIC DATA: a program drew these characters. This says that everything");
      lines.add("works, nothing about handwriting; do not hold it against published figures.");
    }
    lines.add("");
    Table table =
        new Table(Table.Align.LEFT, Table.Align.RIGHT, Table.Align.RIGHT, Table.Align.LEFT);
    table.row("who", "right", "95 % interval", "source").row();
    for (Standing row : Standing.with(List.of(lake))) {
      if (!lake.synthetic() || row.ours()) {
        table.row(
            (row.ours() ? "▶ " : "  ") + row.who(),
            ScoreText.percent(row.accuracy()),
            row.interval() == null ? "–" : ScoreText.range(row.interval()),
            row.source());
      }
    }
    lines.addAll(table.lines());
    return lines;
  }

  private static Map<String, @Nullable Object> json(Standing row) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("who", row.who());
    json.put("accuracy", row.accuracy());
    json.put(
        "interval",
        row.interval() == null ? null : List.of(row.interval().low(), row.interval().high()));
    json.put("source", row.source());
    return json;
  }
}
