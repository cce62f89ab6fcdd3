package dev.doppel.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an architecture amounts to before it has any weights: shapes, parameters and arithmetic.
 *
 * @param architecture what was measured
 * @param weights the shape of each weight, by name, in the order of the forward pass
 * @param dim length of the embedding
 * @param multiplyAdds multiply-adds of one image's forward pass, in convolutions and dense layers
 */
public record Blueprint(
    Architecture architecture, Map<String, Shape> weights, int dim, long multiplyAdds) {

  public Blueprint {
    weights = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(weights));
  }

  /** Measures an architecture by running it on shapes. */
  public static Blueprint of(Architecture architecture) {
    Measure measure = new Measure();
    int side = architecture.inputSide();
    Shape output = architecture.apply(measure, Shape.of(architecture.inputChannels(), side, side));
    return new Blueprint(architecture, measure.weights, output.axis(0), measure.multiplyAdds);
  }

  /** The names of the weights that training changes: all but the running statistics. */
  public List<String> learned() {
    List<String> names = new ArrayList<>(weights.keySet());
    names.removeIf(Blueprint::isStatistic);
    return List.copyOf(names);
  }

  /** The number of parameters that training changes. */
  public long parameters() {
    return weights.entrySet().stream()
        .filter(weight -> !isStatistic(weight.getKey()))
        .mapToLong(weight -> weight.getValue().size())
        .sum();
  }

  /** Whether a weight is a running statistic of a batch norm, updated but not learned. */
  public static boolean isStatistic(String name) {
    return name.endsWith(".mean") || name.endsWith(".variance");
  }

  /** The interpreter that follows shapes through the network. */
  private static final class Measure implements Operators<Shape> {
    final Map<String, Shape> weights = new LinkedHashMap<>();
    long multiplyAdds;

    @Override
    public Shape conv(String name, Shape input, Conv conv) {
      int channels = input.axis(0);
      weight(name + ".weight", Shape.of(conv.filters(), channels, conv.kernel(), conv.kernel()));
      if (conv.bias()) {
        weight(name + ".bias", Shape.of(conv.filters()));
      }
      Shape output =
          Shape.of(conv.filters(), conv.outputSide(input.axis(1)), conv.outputSide(input.axis(2)));
      multiplyAdds += (long) output.size() * channels * conv.kernel() * conv.kernel();
      return output;
    }

    @Override
    public Shape batchNorm(String name, Shape input) {
      for (String part : List.of(".weight", ".bias", ".mean", ".variance")) {
        weight(name + part, Shape.of(input.axis(0)));
      }
      return input;
    }

    @Override
    public Shape relu(Shape input) {
      return input;
    }

    @Override
    public Shape sigmoid(Shape input) {
      return input;
    }

    @Override
    public Shape maxPool(Shape input, int side) {
      return Shape.of(input.axis(0), input.axis(1) / side, input.axis(2) / side);
    }

    @Override
    public Shape add(Shape left, Shape right) {
      if (!left.equals(right)) {
        throw new IllegalStateException("cannot add shapes " + left + " and " + right);
      }
      return left;
    }

    @Override
    public Shape flatten(Shape input) {
      return Shape.of(input.size());
    }

    @Override
    public Shape globalAverage(Shape input) {
      return Shape.of(input.axis(0));
    }

    @Override
    public Shape dense(String name, Shape input, int features) {
      weight(name + ".weight", Shape.of(features, input.axis(0)));
      weight(name + ".bias", Shape.of(features));
      multiplyAdds += (long) features * input.axis(0);
      return Shape.of(features);
    }

    @Override
    public Shape unitLength(Shape input) {
      return input;
    }

    private void weight(String name, Shape shape) {
      if (weights.put(name, shape) != null) {
        throw new IllegalStateException("two weights share the name " + name);
      }
    }
  }
}
