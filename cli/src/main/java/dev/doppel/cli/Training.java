package dev.doppel.cli;

import dev.doppel.torch.Trained;
import dev.doppel.torch.Trainer;
import dev.doppel.torch.TrainingPlan;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A training run as the command line makes it: looked at by images that it does not learn from,
 * shown while it goes, saved on Ctrl-C.
 */
final class Training {

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
      TrainingData data,
      TrainingOptions options,
      @Nullable Duration budget,
      String line) {
    Trainer trainer =
        new Trainer(
            plan,
            data.images(),
            data.fingerprint(),
            matcher -> data.looks().run(matcher).score().accuracy(),
            options.budget(budget),
            options.checkpoint(),
            progress);
    progress.stopAfter(options.stopAfter(), trainer::stop);
    try (RunLock lock = RunLock.of(options.checkpoint());
        Interruption interruption = new Interruption(trainer::stop)) {
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
}
