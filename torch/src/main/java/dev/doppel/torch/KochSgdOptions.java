package dev.doppel.torch;

import dev.doppel.error.OptionException;
import java.util.List;

/**
 * Settings of {@link KochSgd}; the paper searched the first two layer by layer and printed neither.
 *
 * @param rates first learning rate η of each layer in order, the head last; one stands for all
 * @param momenta last momentum μ of each layer, likewise
 * @param ramp epochs in which momentum rises from 0.5 to μ; the paper does not say how many
 * @param decay factor of every rate, an epoch: 0.99 in the paper
 */
public record KochSgdOptions(List<Double> rates, List<Double> momenta, int ramp, double decay)
    implements OptimiserOptions {

  public KochSgdOptions {
    rates = List.copyOf(rates);
    momenta = List.copyOf(momenta);
    OptionException.require(
        !rates.isEmpty() && rates.stream().allMatch(x -> x > 0),
        "optimiser.rates",
        rates,
        "above 0");
    OptionException.require(
        !momenta.isEmpty() && momenta.stream().allMatch(x -> x >= 0 && x < 1),
        "optimiser.momenta",
        momenta,
        "in [0, 1)");
    OptionException.require(ramp >= 1, "optimiser.ramp", ramp, "at least 1");
    OptionException.require(decay > 0 && decay <= 1, "optimiser.decay", decay, "in (0, 1]");
  }
}
