package dev.doppel.network;

import dev.doppel.error.OptionException;
import java.util.List;

/**
 * An encoder for real time: residual blocks of depthwise-separable convolutions (Howard et al.
 * 2017), and a depthwise window over the whole last plane in place of its mean (Chen et al. 2018,
 * MobileFaceNets), so that an embedding still knows where a stroke is.
 *
 * <p>The embedding is {@code [batch, dim]}, unit vectors.
 *
 * @param inputSide side of the input, in pixels
 * @param inputChannels 1 or 3
 * @param stem filters of the stem: 5×5, halves the side
 * @param stages filters of each block; all but the first halve the side
 * @param dim length of the embedding
 */
public record TinyNet(int inputSide, int inputChannels, int stem, List<Integer> stages, int dim)
    implements Architecture {

  public TinyNet {
    stages = List.copyOf(stages);
    Widths.require("stem", stem);
    Widths.require("stages", stages);
    Widths.require("dim", dim);
    OptionException.require(
        inputSide >= 1 << stages.size(),
        "architecture.inputSide",
        inputSide,
        "at least " + (1 << stages.size()));
  }

  /** Fewer than 150,000 parameters. */
  public static TinyNet standard() {
    return new TinyNet(40, 1, 16, List.of(32, 64, 128), 128);
  }

  @Override
  public String name() {
    return "tiny";
  }

  @Override
  public <T> T apply(Operators<T> net, T image) {
    Conv first = Conv.same(stem, 5).withStride(2);
    T x = net.relu(ResidualLayers.normalised(net, "stem", image, first));
    int channels = stem;
    int side = first.outputHeight(inputSide);
    for (int i = 0; i < stages.size(); i++) {
      int stride = i == 0 ? 1 : 2;
      x = block(net, "stage" + (i + 1), x, channels, stages.get(i), stride);
      channels = stages.get(i);
      side = (side - 1) / stride + 1;
    }
    x = ResidualLayers.normalised(net, "window", x, Conv.depthwise(channels, side));
    return ResidualLayers.embedding(net, net.flatten(x), dim);
  }

  private static <T> T block(
      Operators<T> net, String name, T x, int channels, int filters, int stride) {
    T body = net.relu(separable(net, name + ".a", x, channels, filters, stride));
    body = separable(net, name + ".b", body, filters, filters, 1);
    Conv past = Conv.same(filters, 1).withStride(stride);
    return net.relu(net.add(body, ResidualLayers.normalised(net, name + ".shortcut", x, past)));
  }

  /** A 3×3 window a channel, then 1×1 over all channels. */
  private static <T> T separable(
      Operators<T> net, String name, T x, int channels, int filters, int stride) {
    Conv window = Conv.depthwise(channels, 3).withPadding(1).withStride(stride);
    T seen = ResidualLayers.normalised(net, name + ".window", x, window);
    return ResidualLayers.normalised(net, name, seen, Conv.same(filters, 1));
  }
}
