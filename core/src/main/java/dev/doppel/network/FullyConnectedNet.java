package dev.doppel.network;

/**
 * The fully connected twin of Koch et al. 2015, table 2: two hidden layers (figure 3).
 *
 * <p>The paper prints neither widths nor activations; both are ours. The embedding is {@code
 * [batch, width]}, each component in (0, 1).
 *
 * @param inputSide side of the input, in pixels
 * @param width units of each hidden layer
 */
public record FullyConnectedNet(int inputSide, int width) implements Architecture {

  public FullyConnectedNet {
    Widths.require("width", width);
  }

  /** 35 pixels (105 / 3) and 512 units a layer. */
  public static FullyConnectedNet standard() {
    return new FullyConnectedNet(35, 512);
  }

  @Override
  public String name() {
    return "fully-connected";
  }

  @Override
  public int inputChannels() {
    return 1;
  }

  @Override
  public <T> T apply(Operators<T> net, T image) {
    T x = net.relu(net.dense("full1", net.flatten(image), width));
    return net.sigmoid(net.dense("full2", x, width));
  }
}
