package dev.doppel.torch;

import dev.doppel.data.Dataset;
import dev.doppel.error.ModelException;
import dev.doppel.error.TrainingException;
import dev.doppel.eval.Matcher;
import dev.doppel.option.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Trains a twin: draws batches, steps, looks at the validation alphabets after every epoch, saves.
 *
 * <p>With a number of epochs a run is determined by its plan and data: the same bits each time on
 * one kind of processor, whether in one sitting or resumed in many. With a time budget the clock
 * decides how far it gets. One run an object; {@link #stop} may be called from any thread.
 */
public final class Trainer {

  private final TrainingPlan plan;
  private final Dataset data;
  private final String fingerprint;
  private final ToDoubleFunction<Matcher> validation;
  private final TrainingListener listener;
  private final @Nullable Duration budget;
  private final @Nullable Path checkpoints;
  private volatile boolean stopped;

  /**
   * @param plan every setting
   * @param data the training images; never those of the ten alphabets of Lake's runs
   * @param fingerprint of the training images
   * @param validation accuracy of a matcher on the validation alphabets, 0 to 1
   * @param budget time to train, in place of the plan's number of epochs; null for none
   * @param checkpoints folder to save to and resume from; null for none
   * @param listener is told how it goes
   */
  public Trainer(
      TrainingPlan plan,
      Dataset data,
      String fingerprint,
      ToDoubleFunction<Matcher> validation,
      @Nullable Duration budget,
      @Nullable Path checkpoints,
      TrainingListener listener) {
    this.plan = plan;
    this.data = data;
    this.fingerprint = fingerprint;
    this.validation = validation;
    this.budget = budget;
    this.checkpoints = checkpoints;
    this.listener = listener;
  }

  /** Asks the run to end after the step at hand, saved if it has a checkpoint folder. */
  public void stop() {
    stopped = true;
  }

  /**
   * Trains from scratch.
   *
   * @throws TrainingException if the loss is no number, the network collapses, or nothing can be
   *     saved
   */
  public Trained start() {
    return run(null);
  }

  /**
   * Goes on from the checkpoint, bit for bit.
   *
   * @throws ModelException if there is none, it is damaged, or it is of another plan or data
   */
  public Trained resume() {
    if (checkpoints == null) {
      throw new IllegalStateException("a run without a checkpoint folder cannot be resumed");
    }
    Checkpoint checkpoint = Checkpoint.read(checkpoints);
    refuseOther("data", checkpoint.dataFingerprint(), fingerprint);
    Settings.of(plan)
        .forEach((name, value) -> refuseOther(name, checkpoint.settings().get(name), value));
    return run(checkpoint);
  }

  /** The plan of the run in a checkpoint folder, to resume it without repeating its options. */
  public static TrainingPlan planOf(Path checkpoints) {
    return Checkpoint.read(checkpoints).plan();
  }

  private static void refuseOther(String name, @Nullable String saved, String given) {
    if (!given.equals(saved)) {
      throw new ModelException(
          "The checkpoint was made with " + name + " " + saved + ", this run has " + given,
          "A run can only be resumed with its own settings and data",
          "Give the same " + name + " again, or train without --resume");
    }
  }

  private Trained run(@Nullable Checkpoint from) {
    LibtorchThreads.use(Runtime.getRuntime().availableProcessors());
    try (TrainingRun run =
        new TrainingRun(plan, data, fingerprint, validation, budget, checkpoints, listener)) {
      if (from != null) {
        run.restore(from);
      }
      boolean complete = run.train(() -> stopped);
      return run.result(complete);
    }
  }
}
