package dev.doppel.torch;

import dev.doppel.network.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019), its rate a warm-up and then half a
 * cosine over the run.
 */
final class AdamW implements Optimiser {

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final AdamWOptions options;
  private final Map<String, Tensor> parameters;
  private final Predicate<String> decays;
  private final EachTensor each;
  private final Map<String, Tensor> state = new LinkedHashMap<>();

  /**
   * @param decays whether the parameter of a name is subject to weight decay
   * @param each goes through the parameters
   */
  AdamW(
      AdamWOptions options,
      Map<String, Tensor> parameters,
      Predicate<String> decays,
      EachTensor each) {
    this.options = options;
    this.parameters = parameters;
    this.decays = decays;
    this.each = each;
    parameters.forEach(
        (name, parameter) -> {
          state.put(name + ".m", FloatTensors.keepZerosLike(parameter));
          state.put(name + ".v", FloatTensors.keepZerosLike(parameter));
        });
    state.put("steps", FloatTensors.keep(new float[1], Shape.of(1)));
  }

  @Override
  public void step(int epoch, double progress) {
    Tensor steps = tensor("steps");
    steps.add_(new Scalar(1.0));
    double t = steps.item_float();
    double rate = options.rate() * factor(progress);
    double size = rate / (1 - Math.pow(BETA1, t));
    double correction = Math.sqrt(1 - Math.pow(BETA2, t));
    each.forEach(
        parameters,
        (name, parameter) -> {
          Tensor weight = parameter.detach(); // the same numbers, outside the tape
          Tensor gradient = parameter.mutable_grad();
          Tensor m = tensor(name + ".m");
          Tensor v = tensor(name + ".v");
          if (options.weightDecay() > 0 && decays.test(name)) {
            weight.mul_(new Scalar(1 - rate * options.weightDecay()));
          }
          m.lerp_(gradient, new Scalar(1 - BETA1));
          v.mul_(new Scalar(BETA2)).addcmul_(gradient, gradient, new Scalar(1 - BETA2));
          Tensor root = v.sqrt().div_(new Scalar(correction)).add_(new Scalar(EPSILON));
          weight.addcdiv_(m, root, new Scalar(-size));
          gradient.zero_();
        });
  }

  /** The share of the highest rate at a point of the run. */
  double factor(double progress) {
    if (progress < options.warmup()) {
      return Math.max(progress, 1e-3) / options.warmup();
    }
    double rest = (progress - options.warmup()) / (1 - options.warmup());
    return 0.5 * (1 + Math.cos(Math.PI * Math.min(1, rest)));
  }

  @Override
  public Map<String, Tensor> state() {
    return state;
  }

  private Tensor tensor(String name) {
    return java.util.Objects.requireNonNull(state.get(name), name);
  }
}
