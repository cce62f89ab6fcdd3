package dev.doppel.network;

import dev.doppel.error.OptionException;

/**
 * The time-delay network of Bromley et al. 1993, with an image's columns in the place of time.
 *
 * <p>Theirs reads 8 features of a pen at 200 moments; ours the pixels of each column, left to
 * right. Both layers are the paper's: windows of 11 moments by 12 maps, then of 10 by 16, each
 * three moments apart; maps as well as windows are settings here, for 12 and 16 do little on
 * Omniglot. Twins are joined by the cosine, as in the paper. The embedding is {@code [batch, second
 * · moments left]}, unit vectors.
 *
 * @param inputSide side of the input, in pixels
 * @param first maps of the first layer
 * @param second maps of the second layer
 * @param stride moments between two windows
 */
public record TimeDelayNet(int inputSide, int first, int second, int stride)
    implements Architecture {

  private static final int FIRST_MOMENTS = 11;
  private static final int SECOND_MOMENTS = 10;

  public TimeDelayNet {
    Widths.require("first", first);
    Widths.require("second", second);
    OptionException.require(stride >= 1, "architecture.stride", stride, "at least 1");
    int shortest = FIRST_MOMENTS + (SECOND_MOMENTS - 1) * stride;
    OptionException.require(
        inputSide >= shortest, "architecture.inputSide", inputSide, "at least " + shortest);
  }

  /** Omniglot's 105 columns, which leave 32 moments and then 8. */
  public static TimeDelayNet standard() {
    return new TimeDelayNet(105, 12, 16, 3);
  }

  @Override
  public String name() {
    return "time-delay";
  }

  @Override
  public int inputChannels() {
    return 1;
  }

  @Override
  public <T> T apply(Operators<T> net, T image) {
    Conv column = new Conv(first, inputSide, FIRST_MOMENTS, stride, 0, 1, false);
    T x = net.relu(ResidualLayers.normalised(net, "layer1", image, column));
    Conv moments = new Conv(second, 1, SECOND_MOMENTS, stride, 0, 1, false);
    x = ResidualLayers.normalised(net, "layer2", x, moments);
    return net.unitLength(net.flatten(x));
  }
}
