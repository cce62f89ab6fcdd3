package dev.doppel.network;

import java.util.List;

/** All encoders there are. */
public final class Encoders {

  private static final List<ListedEncoder> ALL =
      List.of(
          new ListedEncoder(
              ResidualNet.small(), "small and quick, for everyday use", "He et al. 2016"),
          new ListedEncoder(
              TinyNet.standard(),
              "for real time: depthwise-separable residual blocks",
              "Howard et al. 2017; Chen et al. 2018"),
          new ListedEncoder(
              SqueezeExciteNet.small(),
              "the everyday one, its channels weighed by what they show",
              "Hu et al. 2018"),
          new ListedEncoder(
              SelfAttentionNet.small(),
              "the everyday one, its positions attending to each other",
              "Vaswani et al. 2017; Wang et al. 2018"),
          new ListedEncoder(new KochNet(), "the convolutional net of figure 4", "Koch et al. 2015"),
          new ListedEncoder(
              FullyConnectedNet.standard(), "two full layers, as in table 2", "Koch et al. 2015"),
          new ListedEncoder(
              LeNet.standard(), "LeNet-like, for faces at first", "Chopra et al. 2005"),
          new ListedEncoder(
              TimeDelayNet.standard(),
              "time-delay: columns in the place of a pen's moments",
              "Bromley et al. 1993"));

  private Encoders() {}

  /** All encoders, the everyday one first. */
  public static List<ListedEncoder> all() {
    return ALL;
  }
}
