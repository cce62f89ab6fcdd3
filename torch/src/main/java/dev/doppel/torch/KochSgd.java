package dev.doppel.torch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Gradient descent with momentum, a rate and a momentum a layer: Koch et al. 2015, section 3.2.
 *
 * <p>{@code Δw ← μ Δw − η ∇}, {@code w ← w + Δw}; η falls by the decay every epoch, μ rises
 * linearly from 0.5. The penalty is part of the loss.
 */
final class KochSgd implements Optimiser {

  private static final double FIRST_MOMENTUM = 0.5;

  private final KochSgdOptions options;
  private final Map<String, Tensor> parameters;
  private final LayerValues rates;
  private final LayerValues momenta;
  private final Map<String, Tensor> state = new LinkedHashMap<>();

  KochSgd(KochSgdOptions options, Map<String, Tensor> parameters, List<String> layers) {
    this.options = options;
    this.parameters = parameters;
    this.rates = new LayerValues("optimiser.rates", options.rates(), layers);
    this.momenta = new LayerValues("optimiser.momenta", options.momenta(), layers);
    parameters.forEach(
        (name, parameter) -> state.put(name + ".velocity", FloatTensors.keepZerosLike(parameter)));
  }

  @Override
  public void step(int epoch, double progress) {
    double decay = Math.pow(options.decay(), epoch);
    parameters.forEach(
        (name, parameter) -> {
          Tensor gradient = parameter.mutable_grad();
          Tensor velocity = Objects.requireNonNull(state.get(name + ".velocity"), name);
          velocity
              .mul_(new Scalar(momentum(name, epoch)))
              .add_(gradient, new Scalar(-rates.of(name) * decay));
          parameter.detach().add_(velocity);
          gradient.zero_();
        });
  }

  /** μ of a layer in an epoch. */
  double momentum(String parameter, int epoch) {
    double share = Math.min(1.0, (double) epoch / options.ramp());
    return FIRST_MOMENTUM + (momenta.of(parameter) - FIRST_MOMENTUM) * share;
  }

  @Override
  public Map<String, Tensor> state() {
    return state;
  }
}
