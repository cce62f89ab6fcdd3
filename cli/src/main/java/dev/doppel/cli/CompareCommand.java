package dev.doppel.cli;

import dev.doppel.cli.report.AccuracyChart;
import dev.doppel.data.omniglot.KochSplit;
import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.error.DataException;
import dev.doppel.error.OptionException;
import dev.doppel.error.TrainingException;
import dev.doppel.eval.Evaluation;
import dev.doppel.eval.Koch400;
import dev.doppel.eval.Lake20;
import dev.doppel.eval.Score;
import dev.doppel.loss.LossCatalogue;
import dev.doppel.option.Settings;
import dev.doppel.torch.LossChoice;
import dev.doppel.torch.Presets;
import dev.doppel.torch.Trained;
import dev.doppel.torch.Trainer;
import dev.doppel.torch.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doppel compare}: every loss with the same encoder, budget and seed, in one table. */
@Command(
    name = "compare",
    sortOptions = false,
    footer = {
      "",
      "A loss that is finished is not trained again: run the same line to go on.",
      "",
      "Examples:",
      "  doppel compare --losses triplet,nt-xent,arcface",
      "  doppel compare --epochs 36 --out compare --results docs/results"
    })
final class CompareCommand implements Callable<Integer> {

  private static final int DRAWS = 20;

  private final Doppel doppel;

  @Option(
      names = "--losses",
      paramLabel = "A,B,…",
      split = ",",
      description = "Which losses (default: all that doppel losses lists).")
  private List<String> losses = new ArrayList<>();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = {
        "Epochs for each loss, so that all see as many images however busy",
        "the machine is (default: the preset's)."
      })
  private @Nullable Integer epochs;

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "Train each loss for this long instead, such as 8m.")
  private @Nullable Duration budget;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Root of all random numbers (default ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "The encoder and everything but the loss (default: the first).")
  private @Nullable String preset;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change a setting for every loss; may be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "compare",
      description = "Where results and models are kept (default ${DEFAULT-VALUE}).")
  private Path out = Path.of("compare");

  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "docs/results",
      description = "Where losses.md and losses.svg go (default ${DEFAULT-VALUE}).")
  private Path results = Path.of("docs/results");

  @Mixin private DataOptions data = new DataOptions();

  CompareCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() {
    if (budget != null && epochs != null) {
      throw new OptionException(
          "Both --budget and --epochs", "Each run ends by one of them", "Leave one out");
    }
    Map<String, TrainingPlan> plans = plans(); // refused before anything is read
    folder(out);
    folder(results);
    Console console = doppel.console();
    Omniglot omniglot = data.read(console);
    List<ComparedLoss> compared = new ArrayList<>();
    for (Map.Entry<String, TrainingPlan> each : plans.entrySet()) {
      console.say("%d of %d: %s".formatted(compared.size() + 1, plans.size(), each.getKey()));
      ComparedLoss result = result(each.getKey(), each.getValue(), omniglot);
      if (result == null) {
        console.say("Stopped. Go on with it by the same line:");
        console.say("  " + doppel.line());
        return ExitCode.FAILED;
      }
      compared.add(result);
    }
    compared.sort(
        Comparator.comparing(ComparedLoss::trained)
            .thenComparingDouble(each -> each.lake().accuracy())
            .reversed());
    ComparisonText text = new ComparisonText(compared, doppel.line(), omniglot.synthetic(), DRAWS);
    write("losses.md", text.markdown());
    write("losses.svg", chart(compared, omniglot.synthetic()).svg());
    tell(text, compared);
    return ExitCode.DONE;
  }

  private Map<String, TrainingPlan> plans() {
    List<String> names =
        losses.isEmpty()
            ? LossCatalogue.losses().stream().map(LossCatalogue.Entry::name).toList()
            : List.copyOf(new LinkedHashSet<>(losses));
    Map<String, TrainingPlan> plans = new LinkedHashMap<>();
    for (String name : names) {
      TrainingPlan base = Presets.named(preset == null ? Presets.names().get(0) : preset);
      Map<String, String> changes = new LinkedHashMap<>(settings);
      changes.put("seed", Long.toString(seed));
      if (epochs != null) {
        changes.put("epochs", Integer.toString(epochs));
      }
      plans.put(name, Settings.with(LossChoice.of(name).on(base), changes));
    }
    return plans;
  }

  /** The result of a loss, kept or made now; null if it was stopped. */
  private @Nullable ComparedLoss result(String loss, TrainingPlan plan, Omniglot omniglot) {
    Map<String, String> run = new LinkedHashMap<>(Settings.of(plan));
    run.put("data", omniglot.fingerprint());
    run.put("budget", budget == null ? "none" : budget.toString());
    run.put("draws", Integer.toString(DRAWS));
    Path file = ComparedLoss.file(out, loss);
    if (Files.exists(file)) {
      ComparedLoss kept = ComparedLoss.read(file);
      for (Map.Entry<String, String> setting : run.entrySet()) {
        String before = kept.run().get(setting.getKey());
        if (!setting.getValue().equals(before)) {
          throw new OptionException(
              "The result %s was made with %s %s, this comparison has %s"
                  .formatted(file, setting.getKey(), before, setting.getValue()),
              "Figures of different runs do not belong into one table",
              "Name another folder by --out, or remove that file");
        }
      }
      doppel.console().say("  kept: " + file);
      return kept;
    }
    ComparedLoss made;
    try {
      made = train(loss, run, plan, omniglot);
    } catch (TrainingException refused) {
      made = failed(loss, run, refused);
    }
    if (made != null) {
      made.write(out);
      delete(checkpoint(loss));
    }
    return made;
  }

  private Path checkpoint(String loss) {
    return out.resolve(loss + ".checkpoint");
  }

  private @Nullable ComparedLoss train(
      String loss, Map<String, String> run, TrainingPlan plan, Omniglot omniglot) {
    TrainingData learned = TrainingData.of(omniglot, plan);
    PeakMemory.reset();
    TrainingProgress progress = new TrainingProgress(doppel.console());
    Path checkpoint = checkpoint(loss);
    Trainer trainer =
        new Trainer(
            plan,
            learned.images(),
            learned.fingerprint(),
            matcher -> learned.looks().run(matcher).score().accuracy(),
            budget,
            checkpoint,
            progress);
    Trained trained;
    try (Interruption interruption = new Interruption(trainer::stop)) {
      trained = Files.exists(checkpoint) ? trainer.resume() : trainer.start();
    } finally {
      progress.close();
    }
    if (!trained.complete()) {
      return null;
    }
    long memory = PeakMemory.bytes();
    FinishedModel model =
        FinishedModel.write(
            out.resolve(loss + ".onnx"),
            trained,
            learned,
            List.of(
                learned.measure(),
                Lake20.of(omniglot),
                Koch400.standard(KochSplit.of(omniglot).test(), DRAWS, 1)),
            doppel.console());
    List<Evaluation> found = model.evaluations();
    var last = trained.history().epochs().get(trained.history().epochs().size() - 1);
    return new ComparedLoss(
        loss,
        run,
        last.images(),
        last.seconds(),
        memory,
        figure(found.get(0).score()),
        figure(found.get(1).score()),
        figure(found.get(2).score()),
        Machine.describe(),
        "");
  }

  private static ComparedLoss failed(String loss, Map<String, String> run, TrainingException why) {
    ComparedLoss.Figure none = ComparedLoss.Figure.NONE;
    return new ComparedLoss(loss, run, 0, 0, -1, none, none, none, Machine.describe(), why.given());
  }

  private static ComparedLoss.Figure figure(Score score) {
    return new ComparedLoss.Figure(score.accuracy(), score.interval());
  }

  private static AccuracyChart chart(List<ComparedLoss> compared, boolean synthetic) {
    return new AccuracyChart(
        "One of 20, from one example each"
            + (synthetic ? " (SYNTHETIC characters)" : ", alphabets never seen before"),
        List.of("Lake's 400 questions", "Koch's questions, mean of " + DRAWS + " draws"),
        compared.stream()
            .filter(ComparedLoss::trained)
            .map(
                each ->
                    new AccuracyChart.Row(
                        each.loss(),
                        List.of(
                            new AccuracyChart.Mark(each.lake().accuracy(), each.lake().interval()),
                            new AccuracyChart.Mark(each.koch().accuracy(), each.koch().interval())),
                        DurationText.clock(Duration.ofSeconds((long) each.seconds()))))
            .toList());
  }

  private void tell(ComparisonText text, List<ComparedLoss> compared) {
    Console console = doppel.console();
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "compare");
      document.put("results", results.resolve("losses.md").toString());
      document.put("losses", compared.stream().map(ComparisonText::json).toList());
      console.json(document);
      return;
    }
    text.lines().forEach(console::print);
    console.say("");
    console.say("Table: " + results.resolve("losses.md") + "   Models: " + out);
  }

  private void write(String name, String text) {
    Path file = results.resolve(name);
    try {
      Files.writeString(file, text);
    } catch (IOException refused) {
      throw refusal(file, refused);
    }
  }

  private static void folder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException refused) {
      throw refusal(folder, refused);
    }
  }

  private static DataException refusal(Path path, IOException refused) {
    return new DataException(
        path + " cannot be written (" + refused + ")",
        "Results need a folder with room and permission to write",
        "Choose others by --out and --results",
        refused);
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException left) {
      throw refusal(folder, left);
    }
  }
}
