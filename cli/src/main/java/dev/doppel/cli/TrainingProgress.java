package dev.doppel.cli;

import dev.doppel.cli.report.Curve;
import dev.doppel.torch.History;
import dev.doppel.torch.TrainingListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows how a run goes, and keeps the losses for the report. Used by the training thread alone. */
final class TrainingProgress implements TrainingListener {

  /** Share of the old in the loss that is shown: single batches jump too much to be read. */
  private static final double SMOOTHING = 0.98;

  private final Console console;
  private final Progress progress;
  private final List<Curve.Point> losses = new ArrayList<>();
  private final List<History.Epoch> epochs = new ArrayList<>();
  private double loss = Double.NaN;
  private int stopAfter;
  private Runnable stop = () -> {};
  private String note = "";

  TrainingProgress(Console console) {
    this.console = console;
    this.progress = Progress.prompt(console, "training");
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
    if (progress.isDue()) {
      progress.show(share(step), words(step));
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
  public void onNote(String note) {
    this.note = "Epoch %d: %s.".formatted(epochs.size() + 1, note);
  }

  @Override
  public void onCheckpoint(Path folder) {
    // Nothing to say: it happens once a minute and is expected.
  }

  /** Ends the line, so that what follows stands below it. */
  void close() {
    progress.leave();
    if (!note.isEmpty()) {
      console.say(note);
      note = "";
    }
  }

  /** The loss of every step seen. */
  Curve losses() {
    return new Curve(losses);
  }

  private String words(Step step) {
    StringBuilder words = new StringBuilder();
    words.append("epoch ").append(step.epoch());
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
}
