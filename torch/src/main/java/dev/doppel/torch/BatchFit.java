package dev.doppel.torch;

import dev.doppel.data.Dataset;
import dev.doppel.episode.BatchSampler;
import java.util.Locale;

/**
 * How a batch of classes by images fits the images there are.
 *
 * @param classes P that the plan asks for; 0 where batches have no regard to classes
 * @param images K that it asks for
 * @param most the most of both that there are: classes to learn from, images of the smallest
 * @param together classes of a group that come together, 1 for no regard to groups
 */
public record BatchFit(int classes, int images, Most most, int together) {

  /**
   * What the data has.
   *
   * @param classes to learn from
   * @param images of the class with the fewest
   */
  public record Most(int classes, int images) {}

  /** How a plan's batch fits; shuffled batches and those of pairs always do. */
  public static BatchFit of(TrainingPlan plan, Dataset data) {
    Most most =
        new Most(
            data.classes().size(),
            data.classes().stream().mapToInt(each -> each.samples().size()).min().orElse(0));
    if (!(plan.objective() instanceof MetricOptions metric) || metric.sampling().perClass() == 0) {
      return new BatchFit(0, 0, most, 1);
    }
    Sampling sampling = metric.sampling();
    return new BatchFit(
        plan.batch() / sampling.perClass(),
        sampling.perClass(),
        most,
        Math.max(1, sampling.together()));
  }

  /** Whether the data has as much as {@link BatchSampler} draws. */
  public boolean fits() {
    return classes <= most.classes && images <= most.images;
  }

  /** Whether there is a smaller batch that fits: of two classes and two images at least. */
  public boolean canShrink() {
    return fittingClasses() >= 2 && fittingImages() >= Math.min(2, images);
  }

  /** The plan's batch as {@code --batch} has it. */
  public String asked() {
    return shape(classes, images);
  }

  /** The largest batch that fits, as {@code --batch} has it. */
  public String fitting() {
    return shape(fittingClasses(), fittingImages());
  }

  /** The plan with the largest batch that fits. */
  public TrainingPlan shrunk(TrainingPlan plan) {
    MetricOptions metric = (MetricOptions) plan.objective();
    Sampling now = metric.sampling();
    Sampling sampling =
        new Sampling(now.kind(), fittingImages(), now.together(), now.stageEpochs());
    return plan.with(metric.with(sampling), plan.optimiser(), fittingClasses() * fittingImages());
  }

  private int fittingClasses() {
    return Math.min(classes, most.classes) / together * together;
  }

  private int fittingImages() {
    return Math.min(images, most.images);
  }

  private static String shape(int classes, int images) {
    return String.format(Locale.ROOT, "%dx%d", classes, images);
  }
}
