package dev.doppel.torch;

import dev.doppel.augment.Distortion;
import dev.doppel.data.Dataset;
import dev.doppel.data.Sample;
import dev.doppel.episode.EpisodeShape;
import dev.doppel.episode.TaskSampler;
import dev.doppel.error.TrainingException;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.List;
import java.util.Map;
import java.util.function.ObjDoubleConsumer;
import org.bytedeco.pytorch.Tensor;

/**
 * Trains a start by {@link Maml}: each task takes its inner steps, and the loss on its queries says
 * how the start should have been.
 *
 * <p>Tasks and turns depend on their address alone: the same plan and data give the same bits on
 * one kind of processor. All classes of a task are turned alike within one group, else each by
 * itself.
 */
public final class MamlTraining {

  /** Tasks see images as they are. */
  private final MamlPlan plan;

  private final TaskSampler tasks;
  private final Seed turns;

  /**
   * @param data what the tasks are drawn from
   */
  public MamlTraining(MamlPlan plan, Dataset data) {
    this.plan = plan;
    Seed seed = Seed.of(plan.seed());
    this.tasks = new TaskSampler(data, plan.shape(), plan.queries(), seed.at("tasks"));
    this.turns = seed.at("turns");
  }

  /**
   * Trains to the plan's end.
   *
   * @param listener is told the loss of each update, and its number from 1
   * @throws TrainingException if the loss is no number
   */
  public TaskLearner run(ObjDoubleConsumer<Integer> listener) {
    TaskLearner learner = new TaskLearner(plan);
    TaskDescent descent =
        new TaskDescent(
            "MAML",
            plan.tasks(),
            plan.updates(),
            new AdamWOptions(plan.rate(), 0, 0.05),
            name -> false);
    try {
      descent.run(learner.start(), (index, learned) -> loss(learner, index, learned), listener);
    } catch (TrainingException diverged) {
      learner.close();
      throw diverged;
    }
    return learner;
  }

  private Tensor loss(TaskLearner learner, long index, Map<String, Tensor> start) {
    TaskSampler.Task task = tasks.task(index);
    Draws draws = turns.at(index).draws();
    int[] turned = new int[plan.ways()];
    for (int way = 0; way < turned.length; way++) {
      boolean alike = plan.scope() == EpisodeShape.Scope.WITHIN && way > 0;
      turned[way] = alike ? turned[0] : draws.below(plan.rotations());
    }
    Maml maml = learner.maml();
    Map<String, Tensor> adapted =
        maml.adapted(
            start,
            images(learner, task.support(), turned),
            classes(plan.shots()),
            plan.innerSteps(),
            true);
    return Maml.loss(
        maml.logits(images(learner, task.queries(), turned), adapted), classes(plan.queries()));
  }

  private Tensor classes(int each) {
    int[] labels = new int[plan.ways() * each];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i / each;
    }
    return TrainedHead.oneHot(labels, plan.ways());
  }

  private Tensor images(TaskLearner learner, List<List<Sample>> samples, int[] turned) {
    DistortedPlanes planes = new DistortedPlanes(learner.preprocess(), Distortion.NONE, false);
    int each = samples.get(0).size();
    float[] values = new float[samples.size() * each * planes.length()];
    int at = 0;
    for (int way = 0; way < samples.size(); way++) {
      for (Sample sample : samples.get(way)) {
        planes.into(sample.image(), turned[way], turns.draws(), values, at);
        at += planes.length();
      }
    }
    return FloatTensors.of(values, (long) samples.size() * each, 1, plan.side(), plan.side());
  }
}
