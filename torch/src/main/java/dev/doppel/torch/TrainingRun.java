package dev.doppel.torch;

import dev.doppel.data.Dataset;
import dev.doppel.error.TrainingException;
import dev.doppel.eval.Matcher;
import dev.doppel.image.Preprocess;
import dev.doppel.model.EncoderMatcher;
import dev.doppel.network.Weights;
import dev.doppel.option.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** One run from its first step, or its checkpoint's, to its last. */
final class TrainingRun implements AutoCloseable {

  /** Epochs can be shorter than a checkpoint is worth. */
  private static final double SECONDS_BETWEEN_CHECKPOINTS = 60;

  /** Below this all embeddings of a batch point the same way. */
  private static final double COLLAPSED_SPREAD = 1e-5;

  private final TrainingPlan plan;
  private final String fingerprint;
  private final ToDoubleFunction<Matcher> validation;
  private final @Nullable Duration budget;
  private final @Nullable Path checkpoints;
  private final TrainingListener listener;
  private final Preprocess preprocess;
  private final BatchSource source;
  private final Learner learner;
  private TrainingClock clock;

  private int epoch;
  private int step;
  private long images;
  private double lossSum;
  private final List<History.Epoch> history = new ArrayList<>();
  private Map<String, float[]> best = Map.of();

  TrainingRun(
      TrainingPlan plan,
      Dataset data,
      String fingerprint,
      ToDoubleFunction<Matcher> validation,
      @Nullable Duration budget,
      @Nullable Path checkpoints,
      TrainingListener listener) {
    this.plan = plan;
    this.fingerprint = fingerprint;
    this.validation = validation;
    this.budget = budget;
    this.checkpoints = checkpoints;
    this.listener = listener;
    this.clock = new TrainingClock(plan.epochs(), budget, 0);
    this.preprocess = plan.preprocess();
    this.source = Batches.of(plan, data, preprocess);
    this.learner = new Learner(plan, source.classes(), Runtime.getRuntime().availableProcessors());
  }

  void restore(Checkpoint checkpoint) {
    clock = new TrainingClock(plan.epochs(), budget, checkpoint.seconds());
    epoch = checkpoint.epoch();
    step = checkpoint.step();
    images = checkpoint.images();
    lossSum = checkpoint.lossSum();
    history.addAll(checkpoint.history().epochs());
    best = checkpoint.tensors("best/");
    learner.restore(checkpoint);
  }

  /** Trains until the end, or until asked to stop; whether the end was reached. */
  boolean train(BooleanSupplier stopped) {
    double saved = clock.seconds();
    try (Prefetch batches = new Prefetch(source)) {
      while (!clock.over(epoch) && !outOfPatience()) {
        int steps = source.batchesPerEpoch();
        SpeedMeter speed = new SpeedMeter();
        Batch batch = null;
        while (step < steps && (step == 0 || !clock.over(epoch))) {
          if (stopped.getAsBoolean()) {
            save();
            return false;
          }
          batch = batches.take(epoch, step);
          double progress = clock.progress(epoch, step, steps);
          double loss = step(batch, progress);
          refuseNoNumber(loss);
          step++;
          images += batch.count();
          lossSum += loss;
          listener.onStep(
              new TrainingListener.Step(
                  epoch + 1,
                  budget == null ? plan.epochs() : 0,
                  step,
                  steps,
                  loss,
                  speed.after(batch.count()),
                  seconds(clock.seconds()),
                  seconds(clock.left(progress))));
        }
        if (batch != null) {
          refuseCollapse(learner.spread(batch));
          learner.endEpoch().ifPresent(listener::onNote);
        }
        finishEpoch();
        if (checkpoints != null && clock.seconds() - saved >= SECONDS_BETWEEN_CHECKPOINTS) {
          save();
          saved = clock.seconds();
        }
      }
    }
    save();
    return true;
  }

  private double step(Batch batch, double progress) {
    try {
      return learner.step(batch, epoch, progress);
    } catch (TrainingException refused) {
      throw new TrainingException(
          refused.given()
              + ", at epoch "
              + (epoch + 1)
              + ", batch "
              + (step + 1)
              + ", seed "
              + plan.seed(),
          refused.allowed(),
          refused.next(),
          refused);
    }
  }

  private void finishEpoch() {
    double begin = clock.seconds();
    double accuracy =
        validation.applyAsDouble(
            new EncoderMatcher(
                "epoch " + (epoch + 1),
                new LibtorchEncoder(
                    plan.architecture(), learner.recognising(), learner.precision(), preprocess),
                learner.head()));
    clock.validated(clock.seconds() - begin);
    History.Epoch ended =
        new History.Epoch(epoch + 1, images, lossSum / step, accuracy, clock.seconds());
    history.add(ended);
    if (plan.restoreBest() && history().best().equals(ended)) {
      best = learner.recognisingState();
    }
    epoch++;
    step = 0;
    lossSum = 0;
    listener.onEpoch(ended);
  }

  private boolean outOfPatience() {
    return plan.patience() > 0
        && !history.isEmpty()
        && epoch - history().best().epoch() >= plan.patience();
  }

  private void refuseNoNumber(double loss) {
    if (!Double.isFinite(loss)) {
      throw new TrainingException(
          "The loss became "
              + loss
              + " at epoch "
              + (epoch + 1)
              + ", batch "
              + (step + 1)
              + ", seed "
              + plan.seed(),
          "It must stay a number; the weights before this batch are in the last checkpoint",
          "Lower the rate (--set optimiser.rate… at a third), or train with --set precision=float32");
    }
  }

  private void refuseCollapse(double spread) {
    if (!(spread > COLLAPSED_SPREAD)) {
      throw new TrainingException(
          "The network collapsed: all embeddings point the same way (spread "
              + spread
              + ") at epoch "
              + (epoch + 1)
              + ", batch "
              + step
              + ", seed "
              + plan.seed(),
          "Embeddings of different images must differ",
          "Lower the rate, lower the margin, start from --set initialisation=he, or try another"
              + " seed");
    }
  }

  private void save() {
    if (checkpoints == null) {
      return;
    }
    Map<String, float[]> tensors = new LinkedHashMap<>(learner.state());
    best.forEach((name, values) -> tensors.put("best/" + name, values));
    new Checkpoint(
            Settings.of(plan),
            fingerprint,
            epoch,
            step,
            learner.steps(),
            images,
            lossSum,
            clock.seconds(),
            history(),
            tensors)
        .write(checkpoints);
    listener.onCheckpoint(checkpoints);
  }

  private History history() {
    return new History(history);
  }

  /** What the run leaves; the best epoch's weights if the plan asks for them. */
  Trained result(boolean complete) {
    if (!best.isEmpty()) {
      learner.restoreRecognising(best);
    }
    Map<String, float[]> weights = new LinkedHashMap<>();
    learner
        .recognising()
        .forEach((name, tensor) -> weights.put(name, FloatTensors.toArray(tensor)));
    return new Trained(
        plan,
        new Weights(weights),
        learner.head(),
        preprocess,
        history(),
        learner.precision(),
        complete);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis((long) (seconds * 1000));
  }

  @Override
  public void close() {
    learner.close();
  }
}
