package dev.doppel.torch;

import dev.doppel.network.Blueprint;

/**
 * One training step (forward, backward, update) on a batch that stays the same: what benchmarks
 * time.
 *
 * <p>It stands among the tests so that the library needs no door for them. Not thread-safe.
 */
public final class RepeatedStep implements AutoCloseable {

  private final TrainingPlan plan;
  private final Learner learner;
  private final Batch batch;

  private RepeatedStep(TrainingPlan plan, Learner learner, Batch batch) {
    this.plan = plan;
    this.learner = learner;
    this.batch = batch;
  }

  /** Steps on every pair of {@code classes · shots} images. */
  public static RepeatedStep allPairs(TrainingPlan plan, int classes, int shots) {
    Batch batch = InkBatches.allPairs(classes, shots, plan.architecture().inputSide());
    return new RepeatedStep(plan, new Learner(plan, 0, 1), batch);
  }

  /** Steps on pairs that share no image; both twins in one pass. */
  public static RepeatedStep drawnPairs(TrainingPlan plan, int pairs) {
    Batch batch = InkBatches.drawnPairs(pairs, plan.architecture().inputSide());
    return new RepeatedStep(plan, new Learner(plan, 0, 1), batch);
  }

  /** The same pairs and numbers as {@link #drawnPairs}; one twin after the other. */
  public static RepeatedStep drawnPairsInTwoPasses(TrainingPlan plan, int pairs) {
    Batch batch = InkBatches.drawnPairs(pairs, plan.architecture().inputSide());
    return new RepeatedStep(plan, new TwoPassLearner(plan), batch);
  }

  /**
   * Takes the step once more.
   *
   * @param threads that libtorch uses
   * @return the loss before it
   * @throws IllegalStateException if the loss is no number, after which a step is skipped
   */
  public double take(int threads) {
    LibtorchThreads.use(threads);
    double loss = learner.step(batch, 0, 0.5);
    if (!Double.isFinite(loss)) {
      throw new IllegalStateException("the loss is " + loss + ": this was no whole step");
    }
    return loss;
  }

  /** Distinct images of a step. */
  public int images() {
    return batch.count();
  }

  /**
   * Floating-point operations of a step: three times the forward pass, whose gradients cost twice
   * as much again, two operations a multiply-add. Losses and updates are not counted.
   */
  public double operations() {
    return 6.0 * Blueprint.of(plan.architecture()).multiplyAdds() * batch.count();
  }

  @Override
  public void close() {
    learner.close();
  }
}
