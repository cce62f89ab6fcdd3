package dev.doppel.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlueprintTest {

  @Test
  void kochsNetHasThePapersParametersAndArithmetic() {
    Blueprint koch = Blueprint.of(new KochNet());

    int head = 4096 + 1; // one weight a component, and the bias
    assertThat(koch.parameters() + head).isEqualTo(38_951_745);
    assertThat(koch.dim()).isEqualTo(4096);
    assertThat(koch.multiplyAdds()).isBetween(908_500_000L, 908_700_000L); // 908.6 M an image
  }

  @Test
  void runningStatisticsAreNotLearned() {
    Blueprint small = Blueprint.of(ResidualNet.small());

    assertThat(small.weights()).containsKey("stem.norm.mean");
    assertThat(small.learned("stem.norm.weight")).isTrue();
    assertThat(small.learned("stem.norm.mean")).isFalse();
    assertThat(small.dim()).isEqualTo(128);
  }
}
