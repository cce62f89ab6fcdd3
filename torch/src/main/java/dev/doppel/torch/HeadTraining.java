package dev.doppel.torch;

import dev.doppel.data.Dataset;
import dev.doppel.data.Sample;
import dev.doppel.episode.TaskSampler;
import dev.doppel.error.TrainingException;
import dev.doppel.model.Embeddings;
import dev.doppel.random.Seed;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ObjDoubleConsumer;
import org.bytedeco.pytorch.Tensor;

/**
 * Trains a head, task by task, on embeddings that stay as they are.
 *
 * <p>Tasks depend on their address alone: the same plan and embeddings give the same bits on one
 * kind of processor.
 */
public final class HeadTraining {

  private final HeadPlan plan;
  private final TaskSampler tasks;
  private final Embeddings rows;
  private final IdentityHashMap<Sample, Integer> places = new IdentityHashMap<>();

  /**
   * @param data what the tasks are drawn from
   * @param rows the embedding of each of its samples, in order
   */
  public HeadTraining(HeadPlan plan, Dataset data, Embeddings rows) {
    this.plan = plan;
    this.rows = rows;
    this.tasks =
        new TaskSampler(data, plan.shape(), plan.queries(), Seed.of(plan.seed()).at("tasks"));
    data.samples().forEach(sample -> places.put(sample, places.size()));
    if (places.size() != rows.count()) {
      throw new IllegalArgumentException(rows.count() + " rows for " + places.size() + " samples");
    }
  }

  /**
   * Trains to the plan's end.
   *
   * @param listener is told the loss of each update, and its number from 1
   * @throws TrainingException if the loss is no number
   */
  public TrainedHead run(ObjDoubleConsumer<Integer> listener) {
    EpisodeHead head = plan.begin(rows.dim());
    TaskDescent descent =
        new TaskDescent(
            "the " + plan.head() + " head",
            plan.tasks(),
            plan.updates(),
            new AdamWOptions(plan.rate(), plan.decay(), 0.05),
            name -> name.endsWith(".weight"));
    try {
      descent.run(
          head.parameters(), (index, learned) -> loss(head, tasks.task(index), learned), listener);
    } catch (TrainingException diverged) {
      head.close();
      throw diverged;
    }
    return new TrainedHead(plan, rows.dim(), head);
  }

  private Tensor loss(EpisodeHead head, TaskSampler.Task task, Map<String, Tensor> learned) {
    Tensor scores =
        head.scores(rows(task.support()), classes(plan.shots()), rows(task.queries()), learned);
    return head.loss(scores, classes(plan.queries()));
  }

  private Tensor classes(int each) {
    int[] labels = new int[plan.ways() * each];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i / each;
    }
    return TrainedHead.oneHot(labels, plan.ways());
  }

  private Tensor rows(List<List<Sample>> samples) {
    int dim = rows.dim();
    int each = samples.get(0).size();
    float[] values = new float[samples.size() * each * dim];
    int at = 0;
    for (List<Sample> way : samples) {
      for (Sample sample : way) {
        int place = Objects.requireNonNull(places.get(sample), sample.id());
        System.arraycopy(rows.values(), place * dim, values, at, dim);
        at += dim;
      }
    }
    return FloatTensors.of(values, (long) samples.size() * each, dim);
  }
}
