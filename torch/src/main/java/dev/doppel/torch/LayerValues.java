package dev.doppel.torch;

import dev.doppel.error.OptionException;
import java.util.List;

/**
 * One number a layer, as Koch et al. 2015 choose rates, momenta and penalties.
 *
 * @param setting what the numbers are called in options
 * @param values a number a layer in order, or one for all
 * @param layers names of the layers: {@code conv1}, …, {@code head}
 */
record LayerValues(String setting, List<Double> values, List<String> layers) {

  LayerValues {
    if (values.size() != 1 && values.size() != layers.size()) {
      throw new OptionException(
          setting + " has " + values.size() + " values: " + values,
          "Give one for all layers, or " + layers.size() + " in the order " + layers,
          "Change --set " + setting + "=…");
    }
  }

  /** The value for a weight, by its name {@code layer.part}. */
  double of(String weight) {
    int layer = layers.indexOf(weight.substring(0, weight.lastIndexOf('.')));
    if (layer < 0) {
      throw new IllegalArgumentException(weight + " belongs to none of " + layers);
    }
    return values.size() == 1 ? values.get(0) : values.get(layer);
  }

  double max() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }
}
