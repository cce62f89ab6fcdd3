package dev.doppel.network;

import dev.doppel.error.OptionException;
import java.util.List;

/**
 * The residual encoder with squeeze-and-excitation in each block (Hu, Shen and Sun 2018): what all
 * channels show on average decides how much each of them counts.
 *
 * <p>The embedding is {@code [batch, dim]}, unit vectors.
 *
 * @param inputSide side of the input, in pixels
 * @param inputChannels 1 or 3
 * @param stem filters of the stem, 3×3
 * @param stages filters of each stage, which halves the side
 * @param reduction how many times narrower the layer between squeeze and excitation is
 * @param dim length of the embedding
 */
public record SqueezeExciteNet(
    int inputSide, int inputChannels, int stem, List<Integer> stages, int reduction, int dim)
    implements Architecture {

  public SqueezeExciteNet {
    stages = List.copyOf(stages);
    Widths.require("stem", stem);
    Widths.require("stages", stages);
    Widths.require("dim", dim);
    OptionException.require(
        reduction >= 1 && stages.stream().allMatch(filters -> filters >= reduction),
        "architecture.reduction",
        reduction,
        "1 to the filters of the narrowest stage");
  }

  /** {@link ResidualNet#small} with excitation: 1 % more parameters. */
  public static SqueezeExciteNet small() {
    return new SqueezeExciteNet(40, 1, 24, List.of(48, 96, 192), 8, 128);
  }

  @Override
  public String name() {
    return "squeeze-excite";
  }

  @Override
  public <T> T apply(Operators<T> net, T image) {
    T x = net.relu(ResidualLayers.normalised(net, "stem", image, Conv.same(stem, 3)));
    for (int i = 0; i < stages.size(); i++) {
      String name = "stage" + (i + 1);
      int filters = stages.get(i);
      x = ResidualLayers.block(net, name, x, filters, 2, body -> excited(net, name, body, filters));
    }
    return ResidualLayers.embedding(net, net.flatten(x), dim);
  }

  private <T> T excited(Operators<T> net, String name, T x, int filters) {
    T squeezed = net.relu(net.dense(name + ".squeeze", net.globalAverage(x), filters / reduction));
    return net.scale(x, net.sigmoid(net.dense(name + ".excite", squeezed, filters)));
  }
}
