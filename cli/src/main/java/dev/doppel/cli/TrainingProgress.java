package dev.doppel.cli;

import dev.doppel.cli.report.Curve;
import dev.doppel.torch.History;
import dev.doppel.torch.TrainingListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Shows how a run goes: on a terminal one line with a bar that is written over, elsewhere a plain
 * line now and then. Keeps the losses for the report. Used by the training thread alone.
 */
final class TrainingProgress implements TrainingListener {

  private static final long REDRAW_NANOS = 100_000_000L;
  private static final long PLAIN_NANOS = 10_000_000_000L;
  private static final int BAR = 24;

  /** Share of the old in the loss that is shown: single batches jump too much to be read. */
  private static final double SMOOTHING = 0.98;

  private final Console console;
  private final List<Curve.Point> losses = new ArrayList<>();
  private final List<History.Epoch> epochs = new ArrayList<>();
  private double loss = Double.NaN;
  private long shown;
  private boolean drawn;
  private int stopAfter;
  private Runnable stop = () -> {};

  TrainingProgress(Console console) {
    this.console = console;
    this.shown = System.nanoTime() - PLAIN_NANOS / 2; // a first word after five seconds
  }

  /** Does something when an epoch is done; 0 for never. */
  void stopAfter(int epoch, Runnable asked) {
    stopAfter = epoch;
    stop = asked;
  }

  @Override
  public void onStep(Step step) {
    loss = Double.isNaN(loss) ? step.loss() : SMOOTHING * loss + (1 - SMOOTHING) * step.loss();
    double x = step.epoch() - 1 + (double) step.step() / step.steps();
    losses.add(new Curve.Point(x, step.loss()));
    long now = System.nanoTime();
    if (now - shown >= (console.terminal() ? REDRAW_NANOS : PLAIN_NANOS)) {
      shown = now;
      show(step);
    }
  }

  @Override
  public void onEpoch(History.Epoch epoch) {
    epochs.add(epoch);
    if (epoch.epoch() == stopAfter) {
      stop.run();
    }
  }

  @Override
  public void onCheckpoint(Path folder) {
    // Nothing to say: it happens once a minute and is expected.
  }

  /** Ends the line, so that what follows stands below it. */
  void close() {
    if (drawn) {
      console.err().println();
      drawn = false;
    }
  }

  /** The loss of every step seen. */
  Curve losses() {
    return new Curve(losses);
  }

  private void show(Step step) {
    if (console.terminal()) {
      console.overwrite(bar(share(step)) + " " + words(step));
      drawn = true;
    } else {
      console.say("training: " + words(step));
    }
  }

  private String words(Step step) {
    StringBuilder words = new StringBuilder();
    words.append(String.format(Locale.ROOT, "%3.0f %%", 100 * share(step)));
    words.append("  epoch ").append(step.epoch());
    words.append(String.format(Locale.ROOT, "  %,.0f images/s", step.imagesPerSecond()));
    words.append(String.format(Locale.ROOT, "  loss %.3f", loss));
    if (!epochs.isEmpty()) {
      double accuracy = epochs.get(epochs.size() - 1).validation();
      words.append(String.format(Locale.ROOT, "  valid. %.1f %%", 100 * accuracy));
    }
    return words.append("  ").append(DurationText.clock(step.left())).append(" left").toString();
  }

  static double share(Step step) {
    Duration all = step.elapsed().plus(step.left());
    return all.isZero() ? 0 : (double) step.elapsed().toMillis() / Math.max(1, all.toMillis());
  }

  static String bar(double share) {
    int full = (int) Math.round(Math.max(0, Math.min(1, share)) * BAR);
    return "━".repeat(full) + "─".repeat(BAR - full);
  }
}
