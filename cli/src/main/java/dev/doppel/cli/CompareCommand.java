package dev.doppel.cli;

import dev.doppel.cli.report.AccuracyChart;
import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.error.DataException;
import dev.doppel.error.OptionException;
import dev.doppel.error.Reason;
import dev.doppel.loss.LossCatalogue;
import dev.doppel.option.Settings;
import dev.doppel.torch.LossChoice;
import dev.doppel.torch.Presets;
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
    Map<String, TrainingPlan> plans = plans(); // refused before anything is read or made
    Console console = doppel.console();
    Omniglot omniglot = data.read(console);
    folder(out);
    folder(results);
    Comparison comparison = new Comparison(out, budget, DRAWS, omniglot, console);
    List<ComparedLoss> compared = new ArrayList<>();
    for (Map.Entry<String, TrainingPlan> each : plans.entrySet()) {
      console.say("%d of %d: %s".formatted(compared.size() + 1, plans.size(), each.getKey()));
      ComparedLoss result = comparison.result(each.getKey(), each.getValue());
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

  static DataException refusal(Path path, IOException refused) {
    return new DataException(
        path + " cannot be written (" + Reason.of(refused) + ")",
        "Results need a folder with room and permission to write",
        "Choose others by --out and --results",
        refused);
  }
}
