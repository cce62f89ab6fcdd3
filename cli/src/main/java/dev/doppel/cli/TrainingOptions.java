package dev.doppel.cli;

import dev.doppel.error.DataException;
import dev.doppel.error.OptionException;
import dev.doppel.option.Settings;
import dev.doppel.torch.LossChoice;
import dev.doppel.torch.Presets;
import dev.doppel.torch.Trained;
import dev.doppel.torch.Trainer;
import dev.doppel.torch.TrainingPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a training run that {@code train} and {@code demo} share. */
final class TrainingOptions {

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "Train for this long, such as 8m or 1h30m.")
  private @Nullable Duration budget;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Train this many epochs: the same numbers on every run.")
  private @Nullable Integer epochs;

  @Option(
      names = "--stop-after",
      paramLabel = "N",
      description = "Stop when epoch N is done, to go on later by --resume: the same bits.")
  private @Nullable Integer stopAfter;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Root of all random numbers (default 1).")
  private @Nullable Long seed;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change a setting of the preset; may be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "model.onnx",
      description = "The model file to write (default ${DEFAULT-VALUE}).")
  private Path out = Path.of("model.onnx");

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      description = {
        "Where an unfinished run is kept (default: beside the model file;",
        "removed when the run is finished)."
      })
  private @Nullable Path checkpoint;

  @Option(names = "--resume", description = "Go on with the unfinished run in --checkpoint.")
  private boolean resume;

  /** Settings that are said by other options. */
  private static final Map<String, String> OWN_OPTIONS =
      Map.of(
          "preset", "--preset",
          "seed", "--seed",
          "epochs", "--epochs",
          "objective.loss", "--loss",
          "objective.miner", "--miner");

  /** The model file to write. */
  Path out() {
    return out;
  }

  /** Whether to go on with a run that was stopped. */
  boolean resume() {
    return resume;
  }

  /** Whether a setting of the plan was changed by its name. */
  boolean sets(String setting) {
    return settings.containsKey(setting);
  }

  /** The epoch to stop after, 0 for none. */
  int stopAfter() {
    return stopAfter == null ? 0 : stopAfter;
  }

  /** What an unfinished run means: all is well if it stopped where it was told to. */
  int exitCode(Trained unfinished) {
    return unfinished.history().epochs().size() == stopAfter() ? ExitCode.DONE : ExitCode.FAILED;
  }

  /** The folder of the run's checkpoint. */
  Path checkpoint() {
    if (checkpoint != null) {
      return checkpoint;
    }
    String name = String.valueOf(out.getFileName());
    int dot = name.lastIndexOf('.');
    return out.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".checkpoint");
  }

  /** Removes the checkpoint of a run that is finished, unless its place was asked for. */
  void clear() {
    if (checkpoint == null) {
      try (Stream<Path> files = Files.walk(checkpoint())) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      } catch (IOException | UncheckedIOException left) {
        // It costs room and nothing else; the next run says that it is there.
      }
    }
  }

  /** The time to train, or null if epochs are counted. */
  @Nullable Duration budget(@Nullable Duration otherwise) {
    return budget != null ? budget : epochs != null ? null : otherwise;
  }

  /** Refuses what cannot end well, before anything is read. */
  void check() {
    if (budget != null && epochs != null) {
      throw new OptionException(
          "Both --budget and --epochs",
          "A run ends by the clock or by its epochs",
          "Leave one out");
    }
    OptionException.require(
        stopAfter == null || stopAfter >= 1, "--stop-after", stopAfter(), "at least 1");
    ModelPlace.check("The model", out);
    if (!resume && Files.exists(checkpoint())) {
      throw new DataException(
          "There is an unfinished run in " + checkpoint(),
          "A new run would overwrite it",
          "Go on with it by --resume, remove it, or name another folder with --checkpoint");
    }
  }

  /**
   * The plan: of the preset or of the checkpoint, with what the options change.
   *
   * @param preset the preset to begin with, unless resuming
   */
  TrainingPlan plan(String preset) {
    return plan(preset, null);
  }

  /**
   * The plan with another loss than the preset's.
   *
   * @param loss what was chosen, or null for the preset's own
   */
  TrainingPlan plan(String preset, @Nullable LossChoice loss) {
    TrainingPlan plan = resume ? Trainer.planOf(checkpoint()) : Presets.named(preset);
    if (loss != null) {
      // Of the preset also when resuming: the same line gives the same plan, others are refused.
      TrainingPlan chosen = loss.on(Presets.named(plan.preset()));
      plan = chosen;
    }
    if (resume && epochs != null && epochs != plan.epochs()) {
      throw new OptionException(
          "--epochs " + epochs + " for a run that was planned for " + plan.epochs(),
          "Its rates follow that plan, so it can only be finished as planned",
          "Leave --epochs out. To halt in between, plan all epochs and say --stop-after");
    }
    if (epochs != null) {
      plan = Settings.with(plan, "epochs", Integer.toString(epochs));
    }
    if (seed != null) {
      plan = Settings.with(plan, "seed", Long.toString(seed));
    }
    for (String setting : settings.keySet()) {
      if (OWN_OPTIONS.containsKey(setting)) {
        throw new OptionException(
            "--set " + setting, "It has an option of its own", "Say " + OWN_OPTIONS.get(setting));
      }
    }
    return Settings.with(plan, settings);
  }
}
