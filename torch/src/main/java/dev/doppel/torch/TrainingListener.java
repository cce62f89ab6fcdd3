package dev.doppel.torch;

import java.nio.file.Path;
import java.time.Duration;

/** Is told how a run goes, on the training thread; does nothing by default. */
public interface TrainingListener {

  /**
   * After each step.
   *
   * @param step where the run is
   */
  default void onStep(Step step) {}

  /**
   * After each epoch's look at the validation alphabets.
   *
   * @param epoch what was seen
   */
  default void onEpoch(History.Epoch epoch) {}

  /**
   * When an epoch had something worth saying.
   *
   * @param note a sentence
   */
  default void onNote(String note) {}

  /** After a checkpoint was written to a folder. */
  default void onCheckpoint(Path folder) {}

  /**
   * Where a run is after a step.
   *
   * @param epoch the epoch, from 1
   * @param epochs epochs planned as things stand
   * @param step the step within the epoch, from 1
   * @param steps steps of an epoch
   * @param loss the step's loss
   * @param imagesPerSecond distinct images a second, over the last few seconds
   * @param elapsed time trained, earlier sittings included
   * @param left time to go, as things stand
   */
  record Step(
      int epoch,
      int epochs,
      int step,
      int steps,
      double loss,
      double imagesPerSecond,
      Duration elapsed,
      Duration left) {}
}
