package dev.doppel.torch;

import dev.doppel.network.Conv;
import dev.doppel.network.Operators;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** The interpreter that computes, and remembers what it needs to learn. */
final class LibtorchOperators implements Operators<Tensor> {

  /** Share of the newest batch in a running statistic. */
  private static final double STATISTICS_MOMENTUM = 0.1;

  private static final int COLOURS = 3;
  private static final int REGISTER = 16;

  private static final long[] ONE = {1, 1};
  private static final long[] NONE = {0, 0};

  private final Map<String, Tensor> weights;
  private final Precision precision;
  private final boolean training;

  LibtorchOperators(Map<String, Tensor> weights, Precision precision, boolean training) {
    this.weights = weights;
    this.precision = precision;
    this.training = training;
  }

  @Override
  public Tensor conv(String name, Tensor input, Conv conv) {
    Tensor kept = weight(name + ".weight");
    Precision own = isMultipliedRight(kept, conv.groups()) ? precision : Precision.FLOAT32;
    Tensor weight = own.cast(kept);
    if (!writesPastItsPlanes(weight)) {
      // Channels-last weights make libtorch keep every plane so; convolutions are fastest there.
      weight = weight.contiguous(torch.MemoryFormat.ChannelsLast);
    }
    TensorOptional bias =
        conv.bias() ? new TensorOptional(own.cast(weight(name + ".bias"))) : new TensorOptional();
    Tensor product =
        torch.conv2d(
            input.to(weight.scalar_type()),
            weight,
            bias,
            new long[] {conv.stride(), conv.stride()},
            new long[] {conv.padding(), conv.padding()},
            ONE,
            conv.groups());
    return precision.cast(product);
  }

  /**
   * Whether oneDNN's products of 16-bit brain floats are to be trusted: whole registers of channels
   * in and out. Of 1 or 24 channels its AVX-512 kernels were seen to give other numbers, in the
   * forward pass or in a gradient, and of one filter a channel with stride 2 as well.
   */
  private static boolean isMultipliedRight(Tensor weight, int groups) {
    return groups == 1 && weight.size(0) % REGISTER == 0 && weight.size(1) % REGISTER == 0;
  }

  /**
   * Whether oneDNN would write past the end of the planes: its AVX-512 kernel for colour pictures
   * in channels-last fills registers of 16 filters, whether or not there are as many.
   */
  private static boolean writesPastItsPlanes(Tensor weight) {
    return weight.size(1) == COLOURS && weight.size(0) % REGISTER != 0;
  }

  @Override
  public Tensor batchNorm(String name, Tensor input) {
    return torch.batch_norm(
        input,
        new TensorOptional(weight(name + ".weight")),
        new TensorOptional(weight(name + ".bias")),
        new TensorOptional(weight(name + ".mean")),
        new TensorOptional(weight(name + ".variance")),
        training,
        STATISTICS_MOMENTUM,
        BATCH_NORM_EPSILON,
        false);
  }

  @Override
  public Tensor relu(Tensor input) {
    return input.relu();
  }

  @Override
  public Tensor sigmoid(Tensor input) {
    return input.sigmoid();
  }

  @Override
  public Tensor maxPool(Tensor input, int side) {
    long[] window = {side, side};
    return torch.max_pool2d(input, window, window, NONE, ONE, false);
  }

  @Override
  public Tensor add(Tensor left, Tensor right) {
    return left.add(right);
  }

  @Override
  public Tensor scale(Tensor planes, Tensor factors) {
    return planes.mul(factors.unsqueeze(2).unsqueeze(3).to(planes.scalar_type()));
  }

  @Override
  public Tensor attention(Tensor query, Tensor key, Tensor value, double factor) {
    Tensor scores = torch.bmm(positions(key).transpose(1, 2), positions(query)); // [batch, j, i]
    Tensor shares = torch.softmax(scores.mul(new Scalar(factor)), 1);
    return torch.bmm(positions(value), shares).view_as(value);
  }

  private static Tensor positions(Tensor planes) {
    return planes.flatten(2, -1);
  }

  @Override
  public Tensor flatten(Tensor input) {
    return input.contiguous().flatten(1, -1);
  }

  @Override
  public Tensor globalAverage(Tensor input) {
    return input.mean(new long[] {2, 3}, false, new ScalarTypeOptional());
  }

  @Override
  public Tensor dense(String name, Tensor input, int features) {
    Tensor product =
        torch.linear(
            precision.cast(input), // in 32 bits after another dense layer
            precision.cast(weight(name + ".weight")),
            new TensorOptional());
    // Back to the weights' own precision: what follows is a sigmoid, a length or a loss.
    Tensor bias = weight(name + ".bias");
    return product.to(bias.scalar_type()).add(bias);
  }

  @Override
  public Tensor unitLength(Tensor given) {
    // In 16 bits where nothing dense came between the convolutions and here.
    Tensor input = precision == Precision.BFLOAT16 ? given.to(torch.ScalarType.Float) : given;
    Tensor length = input.mul(input).sum(new long[] {1}, true, new ScalarTypeOptional()).sqrt();
    return input.div(length.clamp_min(new Scalar(SHORTEST_LENGTH)));
  }

  private Tensor weight(String name) {
    Tensor found = weights.get(name);
    if (found == null) {
      throw new IllegalStateException(
          "the architecture asks for a weight it did not declare: " + name);
    }
    return found;
  }
}
