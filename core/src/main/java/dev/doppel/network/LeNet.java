package dev.doppel.network;

import dev.doppel.error.OptionException;

/**
 * The convolutional twin of Chopra, Hadsell and LeCun 2005, on square images.
 *
 * <p>Theirs reads 56×46 pixels: C1 15 maps of 7×7, S2, C3 45 maps of 6×6, S4, C5 250 units, F6 50
 * units. Here the width goes the way of the height, so that S4 takes 4×4 fields. S2 and S4 are
 * maxima followed by a batch norm, whose scale and shift are the two numbers a map that the paper
 * trains there; the shift is the bias of C1 and C3 as well. C3 sees all maps of S2, since the
 * paper's table of connections is not printed. The embedding is {@code [batch, dim]}, unit vectors:
 * their L1 distance is at most {@code 2·√dim}, the bound Q that the paper's loss asks for.
 *
 * @param inputSide side of the input, in pixels: 28 or more
 * @param dim length of the embedding
 */
public record LeNet(int inputSide, int dim) implements Architecture {

  /** C1 7×7, S2 2×2, C3 6×6 and S4 4×4 leave one pixel. */
  private static final int SMALLEST = 28;

  public LeNet {
    Widths.require("dim", dim);
    OptionException.require(
        inputSide >= SMALLEST, "architecture.inputSide", inputSide, "at least " + SMALLEST);
  }

  /** The paper's height, 56, and its 50 units. */
  public static LeNet standard() {
    return new LeNet(56, 50);
  }

  @Override
  public String name() {
    return "lenet";
  }

  @Override
  public int inputChannels() {
    return 1;
  }

  @Override
  public <T> T apply(Operators<T> net, T image) {
    T x = net.conv("c1", image, new Conv(15, 7, 1, 0, false));
    x = net.relu(net.batchNorm("s2", net.maxPool(x, 2)));
    x = net.conv("c3", x, new Conv(45, 6, 1, 0, false));
    x = net.relu(net.batchNorm("s4", net.maxPool(x, 4)));
    x = net.relu(net.dense("c5", net.flatten(x), 250)); // its windows cover all of S4
    return ResidualLayers.embedding(net, x, dim);
  }
}
