package dev.doppel.torch;

import dev.doppel.error.ModelException;
import dev.doppel.model.Head;
import dev.doppel.network.Blueprint;
import dev.doppel.network.Operators;
import dev.doppel.network.Weights;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * All that changes while training: network, objective, optimiser and running average, moved one
 * step at a time.
 *
 * <p>Not thread-safe. One native scope a step frees what the step made.
 */
class Learner implements AutoCloseable {

  private final TrainingPlan plan;
  private final Precision precision;
  private final Network network;
  private final Objective objective;
  private final Optimiser optimiser;
  private final @Nullable AverageWeights average;
  private final Shards shards;
  private long steps;
  private boolean statisticsFrozen;

  /**
   * @param classes classes to tell apart, for a classification loss
   * @param cores processors to use; the numbers do not depend on it where a batch has shards
   */
  Learner(TrainingPlan plan, int classes, int cores) {
    Libtorch.calm();
    this.plan = plan;
    this.precision = plan.precision().resolved();
    Seed seed = Seed.of(plan.seed()).at("weights");
    this.network =
        new Network(plan.architecture(), plan.initialisation().weights(plan.architecture(), seed));
    List<String> layers = layers(network.blueprint());
    this.objective = objective(classes, layers, seed);
    Map<String, Tensor> parameters = new LinkedHashMap<>(network.learned());
    parameters.putAll(objective.parameters());
    this.shards = new Shards(plan.shards(), cores, network.tensors(), parameters);
    this.optimiser =
        plan.optimiser() instanceof AdamWOptions adam
            ? new AdamW(adam, parameters, this::decays, shards)
            : new KochSgd((KochSgdOptions) plan.optimiser(), parameters, layers);
    this.average =
        plan.averaging() > 0 ? new AverageWeights(network.tensors(), plan.averaging()) : null;
  }

  private Objective objective(int classes, List<String> layers, Seed seed) {
    int dim = network.blueprint().dim();
    if (plan.objective() instanceof CosineSoftmaxOptions softmax) {
      return new CosineSoftmax(classes, dim, softmax, seed.at("classes"));
    }
    if (plan.objective() instanceof MetricOptions metric) {
      return new MetricObjective(metric, classes, dim, seed.at("classes"));
    }
    Weights head = plan.initialisation().head(dim, seed);
    return new KochVerification((KochVerificationOptions) plan.objective(), layers, head);
  }

  /** Layers with weights in the order of the forward pass, the head last. */
  private static List<String> layers(Blueprint blueprint) {
    Set<String> layers = new LinkedHashSet<>();
    for (String name : blueprint.weights().keySet()) {
      layers.add(name.substring(0, name.lastIndexOf('.')));
    }
    layers.add("head");
    return new ArrayList<>(layers);
  }

  private boolean decays(String parameter) {
    return network.blueprint().roles().get(parameter) == Blueprint.Role.KERNEL;
  }

  /**
   * Learns from one batch.
   *
   * @param epoch the epoch, from 0
   * @param progress share of the run that is done
   * @return the loss before the step
   */
  double step(Batch batch, int epoch, double progress) {
    statisticsFrozen = plan.statisticsFrozen(progress);
    double value =
        objective instanceof MetricObjective metric
            ? shards.learn(
                (shard, weights) ->
                    metric.measured(embed(batch.shard(shard, plan.shards()), weights, true)),
                rows -> metric.loss(rows, (Batch.Classes) batch.targets()))
            : shards.learn(
                (shard, weights, learned) -> {
                  Batch part = batch.shard(shard, plan.shards());
                  Tensor embeddings = embed(part, weights, true);
                  return ((TensorObjective) objective).loss(embeddings, part.targets(), learned);
                });
    if (Double.isFinite(value)) { // else the weights stay as they were, for who looks at them
      try (PointerScope scope = new PointerScope()) {
        optimiser.step(epoch, progress);
        steps++;
        if (average != null) {
          average.update(network.tensors(), steps, shards);
        }
      }
    }
    return value;
  }

  /** The weights that recognise best: the running average if there is one. */
  Map<String, Tensor> recognising() {
    return average != null ? average.tensors() : network.tensors();
  }

  /** A copy of what recognises: weights and head. */
  Map<String, float[]> recognisingState() {
    Map<String, float[]> state = new LinkedHashMap<>();
    recognising().forEach((name, each) -> state.put("weights/" + name, FloatTensors.toArray(each)));
    objective
        .parameters()
        .forEach((name, each) -> state.put("objective/" + name, FloatTensors.toArray(each)));
    return state;
  }

  /** Goes back to weights and head that were copied earlier; for recognising, not to train on. */
  void restoreRecognising(Map<String, float[]> state) {
    recognising().forEach((name, each) -> restore(state, "weights/" + name, each));
    objective.parameters().forEach((name, each) -> restore(state, "objective/" + name, each));
  }

  /**
   * How far apart the embeddings of a batch are: 1 − |mean of their unit vectors|², 0 if all point
   * the same way.
   */
  double spread(Batch batch) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard frozen = new NoGradGuard()) {
      Tensor rows = embed(batch, network.tensors(), false);
      Tensor length = rows.mul(rows).sum(new long[] {1}, true, new ScalarTypeOptional()).sqrt();
      Tensor mean =
          rows.div(length.clamp_min(new Scalar(Operators.SHORTEST_LENGTH)))
              .mean(new long[] {0}, false, new ScalarTypeOptional());
      return 1 - mean.mul(mean).sum().item_float();
    }
  }

  /**
   * The embeddings of a batch, both twins in one pass.
   *
   * @param training whether batch norms use the batch's statistics, unless they are frozen
   */
  Tensor embed(Batch batch, Map<String, Tensor> weights, boolean training) {
    int side = plan.architecture().inputSide();
    int channels = plan.architecture().inputChannels();
    Tensor images = FloatTensors.of(batch.planes(), batch.count(), channels, side, side);
    return training && statisticsFrozen
        ? network.embed(images, network.withStatistics(weights), precision, false)
        : network.embed(images, weights, precision, training);
  }

  Head head() {
    return objective.head();
  }

  /**
   * What is worth saying of the epoch that ends: batches in which there was nothing to compare.
   *
   * @throws dev.doppel.error.TrainingException if that were all of them
   */
  Optional<String> endEpoch() {
    return objective instanceof MetricObjective metric ? metric.endEpoch() : Optional.empty();
  }

  double chanceLoss() {
    return objective.chanceLoss();
  }

  long steps() {
    return steps;
  }

  Precision precision() {
    return precision;
  }

  /** Everything by name, for a checkpoint. */
  Map<String, float[]> state() {
    Map<String, float[]> state = new LinkedHashMap<>();
    groups()
        .forEach(
            (group, tensors) ->
                tensors.forEach(
                    (name, tensor) -> state.put(group + name, FloatTensors.toArray(tensor))));
    if (objective instanceof MetricObjective metric) {
      metric.memory().forEach((name, values) -> state.put("memory/" + name, values));
    }
    return state;
  }

  /** Takes everything back from a checkpoint. */
  void restore(Checkpoint checkpoint) {
    steps = checkpoint.steps();
    groups()
        .forEach(
            (group, tensors) ->
                tensors.forEach(
                    (name, tensor) -> restore(checkpoint.tensors(), group + name, tensor)));
    if (objective instanceof MetricObjective metric) {
      metric.restore(checkpoint.tensors("memory/"));
    }
  }

  private static void restore(Map<String, float[]> state, String name, Tensor tensor) {
    float[] values = state.get(name);
    if (values == null || values.length != tensor.numel()) {
      throw new ModelException(
          "The checkpoint "
              + (values == null ? "lacks" : "has the wrong number of values for")
              + " "
              + name,
          "Expected " + tensor.numel() + " values",
          "It was written by another version: train again without --resume");
    }
    try (PointerScope scope = new PointerScope()) {
      tensor.detach().copy_(FloatTensors.of(values, tensor.shape()));
    }
  }

  private Map<String, Map<String, Tensor>> groups() {
    Map<String, Map<String, Tensor>> groups = new LinkedHashMap<>();
    groups.put("network/", network.tensors());
    groups.put("objective/", objective.parameters());
    groups.put("optimiser/", optimiser.state());
    if (average != null) {
      groups.put("average/", average.tensors());
    }
    return groups;
  }

  @Override
  public void close() {
    shards.close();
    network.close();
    objective.close();
    optimiser.close();
    if (average != null) {
      average.close();
    }
  }
}
