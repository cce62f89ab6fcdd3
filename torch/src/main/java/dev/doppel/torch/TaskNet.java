package dev.doppel.torch;

import dev.doppel.network.Architecture;
import dev.doppel.network.Conv;
import dev.doppel.network.Operators;

/**
 * The four small convolutions that few-shot papers share (Vinyals et al. 2016), without batch norm:
 * statistics of a batch would let the queries of a task see each other.
 *
 * @param inputSide side of the input, in pixels
 * @param filters of each layer
 */
record TaskNet(int inputSide, int filters) implements Architecture {

  @Override
  public String name() {
    return "task";
  }

  @Override
  public int inputChannels() {
    return 1;
  }

  @Override
  public <T> T apply(Operators<T> net, T image) {
    T x = image;
    int side = inputSide;
    for (int layer = 1; layer <= 4; layer++) {
      x = net.relu(net.conv("conv" + layer, x, new Conv(filters, 3, 1, 1, true)));
      if (side >= 4) {
        x = net.maxPool(x, 2);
        side /= 2;
      }
    }
    return net.flatten(x);
  }
}
