package dev.doppel.torch;

import dev.doppel.fewshot.FewShotMethod;
import dev.doppel.fewshot.SupportSet;
import dev.doppel.model.Embeddings;
import dev.doppel.network.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** A head over frozen embeddings that has learned. Thread-safe until it is closed. */
public final class TrainedHead implements FewShotMethod, AutoCloseable {

  private final HeadPlan plan;
  private final int dim;
  private final EpisodeHead head;

  /** A head with the weights that training left. */
  public TrainedHead(HeadPlan plan, int dim, Weights weights) {
    this(plan, dim, plan.begin(dim));
    try (PointerScope scope = new PointerScope()) {
      head.parameters()
          .forEach(
              (name, tensor) ->
                  tensor.detach().copy_(FloatTensors.of(weights.get(name), tensor.shape())));
    }
  }

  TrainedHead(HeadPlan plan, int dim, EpisodeHead head) {
    this.plan = plan;
    this.dim = dim;
    this.head = head;
  }

  /** How it learned. */
  public HeadPlan plan() {
    return plan;
  }

  /** Length of the embeddings it learned from. */
  public int dim() {
    return dim;
  }

  /** A copy of its weights. */
  public Weights weights() {
    Map<String, float[]> values = new LinkedHashMap<>();
    head.parameters().forEach((name, tensor) -> values.put(name, FloatTensors.toArray(tensor)));
    return new Weights(values);
  }

  @Override
  public String name() {
    return plan.head();
  }

  @Override
  public double[][] scores(SupportSet support, Embeddings queries) {
    if (queries.dim() != dim) {
      throw new IllegalArgumentException(
          "embeddings of " + queries.dim() + " for a head over " + dim);
    }
    Libtorch.alone();
    try (PointerScope scope = new PointerScope();
        NoGradGuard frozen = new NoGradGuard()) {
      Tensor scores =
          head.scores(
              FloatTensors.of(support.rows().values(), support.rows().count(), dim),
              oneHot(support.labels(), support.ways()),
              FloatTensors.of(queries.values(), queries.count(), dim),
              head.parameters());
      float[] flat = FloatTensors.toArray(scores);
      double[][] rows = new double[queries.count()][support.ways()];
      for (int i = 0; i < flat.length; i++) {
        rows[i / support.ways()][i % support.ways()] = flat[i];
      }
      return rows;
    }
  }

  /** 1 where an item is of a class, {@code [items, ways]}. */
  static Tensor oneHot(int[] labels, int ways) {
    float[] values = new float[labels.length * ways];
    for (int i = 0; i < labels.length; i++) {
      values[i * ways + labels[i]] = 1;
    }
    return FloatTensors.of(values, labels.length, ways);
  }

  @Override
  public void close() {
    head.close();
  }
}
