package dev.doppel.torch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a run has trained, earlier sittings included, and how much of it is done.
 *
 * <p>Without a budget the share done counts steps, and is the same each time; with one it follows
 * the clock, so that the rate's schedule ends when the time does, however fast the machine is.
 */
final class TrainingClock {

  private final int epochs;
  private final @Nullable Duration budget;
  private final double earlier;
  private final long begin = System.nanoTime();

  /** What the last look at the validation alphabets took: kept free at the budget's end. */
  private double validation;

  /**
   * @param epochs epochs planned, for a run without a budget
   * @param earlier seconds trained in earlier sittings
   */
  TrainingClock(int epochs, @Nullable Duration budget, double earlier) {
    this.epochs = epochs;
    this.budget = budget;
    this.earlier = earlier;
  }

  /** Seconds trained since the run began. */
  double seconds() {
    return earlier + (System.nanoTime() - begin) * 1e-9;
  }

  void validated(double seconds) {
    validation = seconds;
  }

  /** The share of the run that is done in the middle of a step, 0 to 1. */
  double progress(int epoch, int step, int steps) {
    return budget == null
        ? Math.min(1, (epoch + (step + 0.5) / steps) / epochs)
        : Math.min(1, seconds() / usable());
  }

  /** Whether no step is left, at the beginning of one. */
  boolean over(int epoch) {
    return budget == null ? epoch >= epochs : seconds() >= usable();
  }

  /** Seconds left, as things stand. */
  double left(double progress) {
    return budget == null
        ? seconds() * (1 - progress) / Math.max(progress, 1e-6)
        : Math.max(0, budget.toNanos() * 1e-9 - seconds());
  }

  private double usable() {
    double seconds = java.util.Objects.requireNonNull(budget).toNanos() * 1e-9;
    return Math.max(0.5 * seconds, seconds - 1.5 * validation);
  }
}
