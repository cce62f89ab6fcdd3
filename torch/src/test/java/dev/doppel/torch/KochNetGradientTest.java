package dev.doppel.torch;

import dev.doppel.network.KochNet;
import org.junit.jupiter.api.Test;

/** Koch's exact net, in double precision, against differences of its own loss. */
class KochNetGradientTest {

  @Test
  void gradientsAgreeWithFiniteDifferencesInEveryLayer() {
    GradientCheck.of(new KochNet(), 2, true);
  }
}
