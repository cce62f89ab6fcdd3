package dev.doppel.torch;

import dev.doppel.network.Blueprint.Role;
import dev.doppel.network.Operators;
import dev.doppel.network.Shape;
import dev.doppel.random.Seed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Dense layers by name, as a head begins with them and applies them. */
final class HeadWeights {

  private final Seed seed;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  HeadWeights(Seed seed) {
    this.seed = seed;
  }

  /** A layer drawn as He et al. 2015 do. */
  HeadWeights layer(String name, int in, int out) {
    put(name + ".weight", Shape.of(out, in), Role.KERNEL);
    put(name + ".bias", Shape.of(out), Role.BIAS);
    return this;
  }

  private void put(String name, Shape shape, Role role) {
    Tensor tensor = FloatTensors.keep(Initialisation.HE.weight(shape, role, seed.at(name)), shape);
    tensor.set_requires_grad(true);
    tensors.put(name, tensor);
  }

  Map<String, Tensor> tensors() {
    return tensors;
  }

  /** The last axis through a layer. */
  static Tensor dense(Map<String, Tensor> learned, String name, Tensor input) {
    return torch.linear(
        input,
        named(learned, name + ".weight"),
        new TensorOptional(named(learned, name + ".bias")));
  }

  static Tensor named(Map<String, Tensor> learned, String name) {
    return Objects.requireNonNull(learned.get(name), name);
  }

  /** Rows of length √dim, so that their components are about 1; rows lie along the last axis. */
  static Tensor sphere(Tensor rows) {
    Tensor mean = rows.mul(rows).mean(new long[] {-1}, true, new ScalarTypeOptional());
    return rows.div(mean.sqrt().clamp_min(new Scalar(Operators.SHORTEST_LENGTH)));
  }
}
