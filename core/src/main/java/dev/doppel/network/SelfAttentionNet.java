package dev.doppel.network;

import dev.doppel.error.OptionException;
import java.util.List;

/**
 * The residual encoder with self-attention over the positions of its last plane (Vaswani et al.
 * 2017; as a residual layer between convolutions: Wang et al. 2018, non-local networks).
 *
 * <p>Heads are projected one by one and their results added, which is what joining them and
 * projecting the whole comes to. Positions have no code of their own: the zeros around each plane
 * tell convolutions where they are. The embedding is {@code [batch, dim]}, unit vectors.
 *
 * @param inputSide side of the input, in pixels
 * @param inputChannels 1 or 3
 * @param stem filters of the stem, 3×3
 * @param stages filters of each stage, which halves the side
 * @param heads heads of the attention
 * @param width channels of a head
 * @param dim length of the embedding
 */
public record SelfAttentionNet(
    int inputSide, int inputChannels, int stem, List<Integer> stages, int heads, int width, int dim)
    implements Architecture {

  public SelfAttentionNet {
    stages = List.copyOf(stages);
    Widths.require("stem", stem);
    Widths.require("stages", stages);
    Widths.require("dim", dim);
    OptionException.require(heads >= 1, "architecture.heads", heads, "at least 1");
    OptionException.require(width >= 1, "architecture.width", width, "at least 1");
  }

  /** {@link ResidualNet#small} with four heads of 24 over its 5×5 positions. */
  public static SelfAttentionNet small() {
    return new SelfAttentionNet(40, 1, 24, List.of(48, 96, 192), 4, 24, 128);
  }

  @Override
  public String name() {
    return "self-attention";
  }

  @Override
  public <T> T apply(Operators<T> net, T image) {
    T x = net.relu(ResidualLayers.normalised(net, "stem", image, Conv.same(stem, 3)));
    int filters = stem;
    for (int i = 0; i < stages.size(); i++) {
      filters = stages.get(i);
      x = ResidualLayers.block(net, "stage" + (i + 1), x, filters, 2);
    }
    x = net.relu(net.add(x, net.batchNorm("attention.norm", attended(net, x, filters))));
    return ResidualLayers.embedding(net, net.flatten(x), dim);
  }

  private <T> T attended(Operators<T> net, T x, int filters) {
    T sum = head(net, "attention.head1", x, filters);
    for (int i = 2; i <= heads; i++) {
      sum = net.add(sum, head(net, "attention.head" + i, x, filters));
    }
    return sum;
  }

  private <T> T head(Operators<T> net, String name, T x, int filters) {
    Conv narrow = Conv.same(width, 1);
    T query = net.conv(name + ".query", x, narrow);
    T key = net.conv(name + ".key", x, narrow);
    T value = net.conv(name + ".value", x, narrow);
    T mixed = net.attention(query, key, value, 1 / Math.sqrt(width));
    return net.conv(name + ".project", mixed, Conv.same(filters, 1));
  }
}
