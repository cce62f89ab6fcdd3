package dev.doppel.torch;

import dev.doppel.network.Architecture;
import dev.doppel.network.Blueprint;
import dev.doppel.network.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;

/**
 * An architecture with weights that can learn: one twin, which is both.
 *
 * <p>Not thread-safe: one trainer owns it. Native memory is freed when it is closed.
 */
final class Network implements AutoCloseable {

  private final Blueprint blueprint;
  private final Map<String, Tensor> weights = new LinkedHashMap<>();

  Network(Architecture architecture, Weights initial) {
    this.blueprint = Blueprint.of(architecture);
    blueprint
        .weights()
        .forEach(
            (name, shape) -> {
              Tensor tensor = FloatTensors.keep(initial.get(name), shape);
              tensor.set_requires_grad(blueprint.learned(name));
              weights.put(name, tensor);
            });
  }

  Blueprint blueprint() {
    return blueprint;
  }

  /** All weights by name, running statistics among them. */
  Map<String, Tensor> tensors() {
    return weights;
  }

  /** The weights that learn, by name. */
  Map<String, Tensor> learned() {
    Map<String, Tensor> learned = new LinkedHashMap<>(weights);
    learned.keySet().removeIf(name -> !blueprint.learned(name));
    return learned;
  }

  /** Others' weights with this network's running statistics, which no shard has of its own. */
  Map<String, Tensor> withStatistics(Map<String, Tensor> others) {
    Map<String, Tensor> joined = new LinkedHashMap<>(others);
    joined.replaceAll(
        (name, tensor) ->
            blueprint.learned(name) ? tensor : Objects.requireNonNull(weights.get(name), name));
    return joined;
  }

  /**
   * The embeddings of images.
   *
   * @param images {@code [batch, channels, side, side]}
   * @param weights this network's own, or others of the same names
   * @param training whether batch norms use (and update) the statistics of this batch
   * @return {@code [batch, dim]}, in 32 bits
   */
  Tensor embed(Tensor images, Map<String, Tensor> weights, Precision precision, boolean training) {
    return blueprint
        .architecture()
        .apply(new LibtorchOperators(weights, precision, training), precision.cast(images));
  }

  /** A copy of all weights. */
  Weights weights() {
    Map<String, float[]> values = new LinkedHashMap<>();
    weights.forEach((name, tensor) -> values.put(name, FloatTensors.toArray(tensor)));
    return new Weights(values);
  }

  @Override
  public void close() {
    weights.values().forEach(Tensor::releaseReference);
  }
}
