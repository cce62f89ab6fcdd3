package dev.doppel.cli;

import dev.doppel.data.Dataset;
import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.eval.Koch400;
import dev.doppel.eval.Matcher;
import dev.doppel.torch.Trained;
import dev.doppel.torch.Trainer;
import dev.doppel.torch.TrainingPlan;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A training run as the command line makes it: on the background alphabets, looked at by the
 * validation alphabets, shown while it goes, saved on Ctrl-C.
 */
final class Training {

  /** Trials of one round: ten alphabets of twenty characters. */
  private static final int ROUND = 200;

  private final Console console;
  private final TrainingProgress progress;

  Training(Console console) {
    this.console = console;
    this.progress = new TrainingProgress(console);
  }

  /** What was seen on the way. */
  TrainingProgress progress() {
    return progress;
  }

  /**
   * Trains until the plan, the budget or Ctrl-C ends it.
   *
   * @param budget time to train where the options say nothing about the end, or null to take the
   *     plan's epochs
   * @param line the command line, which with {@code --resume} goes on with a run that was stopped
   */
  Trained run(
      TrainingPlan plan,
      Omniglot omniglot,
      TrainingOptions options,
      @Nullable Duration budget,
      String line) {
    Trainer trainer =
        new Trainer(
            plan,
            omniglot.background(),
            omniglot.fingerprint(),
            validation(plan, omniglot.validationAlphabets()),
            options.budget(budget),
            options.checkpoint(),
            progress);
    progress.stopAfter(options.stopAfter(), trainer::stop);
    try (Interruption interruption = new Interruption(trainer::stop)) {
      Trained trained = options.resume() ? trainer.resume() : trainer.start();
      progress.close();
      if (!trained.complete()) {
        console.say("Stopped; the run is kept in " + options.checkpoint() + ". Go on with it by");
        console.say("  " + line + (options.resume() ? "" : " --resume"));
      }
      return trained;
    } finally {
      progress.close();
    }
  }

  private static ToDoubleFunction<Matcher> validation(TrainingPlan plan, Dataset alphabets) {
    int rounds = Math.max(1, plan.validationTrials() / ROUND);
    Koch400 trials = new Koch400(alphabets, 20, rounds, 1, plan.seed());
    return matcher -> trials.run(matcher).score().accuracy();
  }
}
