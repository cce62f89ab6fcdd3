package dev.doppel.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What an architecture amounts to before it has any weights: shapes, parameters and arithmetic.
 *
 * @param architecture what was measured
 * @param weights the shape of each weight, by name, in the order of the forward pass
 * @param roles what each weight is for, by name
 * @param dim length of the embedding
 * @param multiplyAdds multiply-adds of one image's forward pass, in convolutions, dense layers and
 *     attention
 */
public record Blueprint(
    Architecture architecture,
    Map<String, Shape> weights,
    Map<String, Role> roles,
    int dim,
    long multiplyAdds) {

  /** What a weight is for. */
  public enum Role {
    /** The kernel of a convolution or the matrix of a dense layer. */
    KERNEL,
    /** What is added to each filter or unit. */
    BIAS,
    /** The factor of a batch norm. */
    SCALE,
    /** What a batch norm adds. */
    SHIFT,
    /** A batch norm's running mean: kept up to date, not learned. */
    MEAN,
    /** A batch norm's running variance: kept up to date, not learned. */
    VARIANCE;

    /** Whether a weight of this role is learned by descent. */
    public boolean learned() {
      return this != MEAN && this != VARIANCE;
    }
  }

  public Blueprint {
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
  }

  /** Measures an architecture by running it on shapes. */
  public static Blueprint of(Architecture architecture) {
    Measure measure = new Measure();
    int side = architecture.inputSide();
    Shape output = architecture.apply(measure, Shape.of(architecture.inputChannels(), side, side));
    return new Blueprint(
        architecture, measure.weights, measure.roles, output.axis(0), measure.multiplyAdds);
  }

  /** The number of parameters that training changes. */
  public long parameters() {
    return weights.entrySet().stream()
        .filter(weight -> learned(weight.getKey()))
        .mapToLong(weight -> weight.getValue().size())
        .sum();
  }

  /** The shape of one weight. */
  public Shape shape(String name) {
    return Objects.requireNonNull(weights.get(name), name);
  }

  /** Whether a weight is learned by descent, not a running statistic. */
  public boolean learned(String name) {
    return Objects.requireNonNull(roles.get(name), name).learned();
  }

  /** The interpreter that follows shapes through the network. */
  private static final class Measure implements Operators<Shape> {
    final Map<String, Shape> weights = new LinkedHashMap<>();
    final Map<String, Role> roles = new LinkedHashMap<>();
    long multiplyAdds;

    @Override
    public Shape conv(String name, Shape input, Conv conv) {
      int channels = input.axis(0);
      weight(
          name + ".weight",
          Role.KERNEL,
          Shape.of(conv.filters(), channels / conv.groups(), conv.height(), conv.width()));
      if (conv.bias()) {
        weight(name + ".bias", Role.BIAS, Shape.of(conv.filters()));
      }
      Shape output =
          Shape.of(
              conv.filters(), conv.outputHeight(input.axis(1)), conv.outputWidth(input.axis(2)));
      if (channels % conv.groups() != 0 || output.axis(1) < 1 || output.axis(2) < 1) {
        throw new IllegalStateException(name + ": " + conv + " does not fit on " + input);
      }
      multiplyAdds +=
          (long) output.size() * (channels / conv.groups()) * conv.height() * conv.width();
      return output;
    }

    @Override
    public Shape batchNorm(String name, Shape input) {
      Shape channels = Shape.of(input.axis(0));
      weight(name + ".weight", Role.SCALE, channels);
      weight(name + ".bias", Role.SHIFT, channels);
      weight(name + ".mean", Role.MEAN, channels);
      weight(name + ".variance", Role.VARIANCE, channels);
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
    public Shape scale(Shape planes, Shape factors) {
      if (factors.axes().size() != 1 || factors.axis(0) != planes.axis(0)) {
        throw new IllegalStateException("cannot scale " + planes + " by " + factors);
      }
      return planes;
    }

    @Override
    public Shape attention(Shape query, Shape key, Shape value, double factor) {
      if (!query.equals(key) || !query.equals(value) || query.axes().size() != 3) {
        throw new IllegalStateException("cannot attend with " + query + key + value);
      }
      long positions = (long) query.axis(1) * query.axis(2);
      multiplyAdds += 2 * positions * positions * query.axis(0);
      return value;
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
      weight(name + ".weight", Role.KERNEL, Shape.of(features, input.axis(0)));
      weight(name + ".bias", Role.BIAS, Shape.of(features));
      multiplyAdds += (long) features * input.axis(0);
      return Shape.of(features);
    }

    @Override
    public Shape unitLength(Shape input) {
      return input;
    }

    private void weight(String name, Role role, Shape shape) {
      roles.put(name, role);
      if (weights.put(name, shape) != null) {
        throw new IllegalStateException("two weights share the name " + name);
      }
    }
  }
}
