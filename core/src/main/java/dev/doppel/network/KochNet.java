package dev.doppel.network;

/**
 * The convolutional twin of Koch, Zemel and Salakhutdinov 2015, figure 4, exactly: 38,947,648
 * parameters, which the head's 4,096 weights and bias make 38,951,745.
 *
 * <p>The embedding is {@code [batch, 4096]}, each component in (0, 1).
 */
public record KochNet() implements Architecture {

  @Override
  public String name() {
    return "koch";
  }

  @Override
  public int inputSide() {
    return 105;
  }

  @Override
  public int inputChannels() {
    return 1;
  }

  @Override
  public <T> T apply(Operators<T> net, T image) {
    T x = net.maxPool(net.relu(net.conv("conv1", image, Conv.valid(64, 10))), 2);
    x = net.maxPool(net.relu(net.conv("conv2", x, Conv.valid(128, 7))), 2);
    x = net.maxPool(net.relu(net.conv("conv3", x, Conv.valid(128, 4))), 2);
    x = net.relu(net.conv("conv4", x, Conv.valid(256, 4))); // no pooling here
    return net.sigmoid(net.dense("full", net.flatten(x), 4096));
  }
}
