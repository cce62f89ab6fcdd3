package dev.doppel.torch;

import dev.doppel.network.Architecture;
import dev.doppel.network.FullyConnectedNet;
import dev.doppel.network.LeNet;
import dev.doppel.network.ResidualNet;
import dev.doppel.network.SelfAttentionNet;
import dev.doppel.network.SqueezeExciteNet;
import dev.doppel.network.TimeDelayNet;
import dev.doppel.network.TinyNet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each encoder, made small, against differences of its own loss. */
class EncoderGradientsTest {

  static Stream<Architecture> encoders() {
    return Stream.of(
        new FullyConnectedNet(9, 7),
        new LeNet(28, 6),
        new TimeDelayNet(21, 3, 4, 1),
        new ResidualNet(12, 1, 4, 2, List.of(5, 6), 7),
        new SqueezeExciteNet(12, 3, 4, List.of(6, 8), 2, 7),
        new SelfAttentionNet(12, 1, 4, List.of(6, 8), 2, 3, 7),
        new TinyNet(13, 3, 4, List.of(5, 6), 7));
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void gradientsAgreeWithFiniteDifferencesInEveryLayer(Architecture encoder) {
    GradientCheck.of(encoder, 5, true);
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void andWithFrozenStatistics(Architecture encoder) {
    GradientCheck.of(encoder, 5, false);
  }
}
