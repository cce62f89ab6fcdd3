package dev.doppel.network;

import dev.doppel.error.OptionException;
import java.util.List;

/**
 * A small residual encoder (He et al. 2016) for everyday use on a CPU.
 *
 * <p>A 3×3 stem, then for each stage one residual block that halves the side, and more that keep
 * it. The embedding is {@code [batch, dim]}, unit vectors.
 *
 * @param inputSide side of the input, in pixels
 * @param inputChannels 1 or 3
 * @param stem filters of the stem
 * @param stemStride 2 to halve the side at once (5×5), which costs a third; 1 to keep it (3×3)
 * @param stages filters of each stage
 * @param blocks residual blocks of each stage, the one that halves included; the last number stands
 *     for all further stages
 * @param dim length of the embedding
 */
public record ResidualNet(
    int inputSide,
    int inputChannels,
    int stem,
    int stemStride,
    List<Integer> stages,
    List<Integer> blocks,
    int dim)
    implements Architecture {

  public ResidualNet {
    stages = List.copyOf(stages);
    blocks = List.copyOf(blocks);
    Widths.require("stem", stem);
    Widths.require("stages", stages);
    Widths.require("dim", dim);
    OptionException.require(
        !blocks.isEmpty() && blocks.stream().allMatch(each -> each >= 1),
        "architecture.blocks",
        blocks,
        "numbers from 1 on");
  }

  /** One block a stage. */
  public ResidualNet(
      int inputSide, int inputChannels, int stem, int stemStride, List<Integer> stages, int dim) {
    this(inputSide, inputChannels, stem, stemStride, stages, List.of(1), dim);
  }

  /** The encoder that {@code doppel demo} trains. */
  public static ResidualNet small() {
    return new ResidualNet(40, 1, 24, 1, List.of(48, 96, 192), 128);
  }

  @Override
  public String name() {
    return "residual";
  }

  @Override
  public <T> T apply(Operators<T> net, T image) {
    Conv first = Conv.same(stem, 2 * stemStride + 1).withStride(stemStride);
    T x = net.relu(ResidualLayers.normalised(net, "stem", image, first));
    for (int i = 0; i < stages.size(); i++) {
      boolean halved = i == 0 && stemStride == 2;
      String stage = "stage" + (i + 1);
      x = ResidualLayers.block(net, stage, x, stages.get(i), halved ? 1 : 2);
      for (int more = 2; more <= blocks.get(Math.min(i, blocks.size() - 1)); more++) {
        x = ResidualLayers.keeping(net, stage + "." + more, x, stages.get(i));
      }
    }
    return ResidualLayers.embedding(net, net.flatten(x), dim);
  }
}
