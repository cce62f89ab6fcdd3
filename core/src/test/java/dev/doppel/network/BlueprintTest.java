package dev.doppel.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.OptionException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlueprintTest {

  @Test
  void kochsNetHasThePapersParametersAndArithmetic() {
    Blueprint koch = Blueprint.of(new KochNet());

    int head = 4096 + 1; // one weight a component, and the bias
    assertThat(koch.parameters() + head).isEqualTo(38_951_745);
    assertThat(koch.dim()).isEqualTo(4096);
    assertThat(koch.multiplyAdds()).isBetween(908_500_000L, 908_700_000L); // 908.6 M an image
  }

  @ParameterizedTest
  @CsvSource({
    "residual, 1294440, 39667200, 128",
    "squeeze-excite, 1306914, 39679296, 128",
    "self-attention, 1368552, 41630400, 128",
    "koch, 38947648, 908623872, 4096",
    "fully-connected, 890368, 889344, 512",
    "lenet, 319305, 11851250, 50",
    "time-delay, 15836, 458880, 128",
  })
  void everyEncoderHasItsParametersAndArithmetic(
      String name, long parameters, long multiplyAdds, int dim) {
    Blueprint encoder =
        Encoders.all().stream()
            .filter(each -> each.name().equals(name))
            .map(each -> Blueprint.of(each.architecture()))
            .findFirst()
            .orElseThrow();

    assertThat(encoder.parameters()).isEqualTo(parameters);
    assertThat(encoder.multiplyAdds()).isEqualTo(multiplyAdds);
    assertThat(encoder.dim()).isEqualTo(dim);
  }

  @Test
  void theTinyEncoderIsTiny() {
    Blueprint tiny = Blueprint.of(TinyNet.standard());
    Blueprint everyday = Blueprint.of(ResidualNet.small());

    assertThat(tiny.parameters()).isEqualTo(68_704).isLessThan(150_000);
    assertThat(tiny.multiplyAdds()).isEqualTo(2_939_584).isLessThan(everyday.multiplyAdds() / 13);
  }

  @Test
  void leNetHasThePapersLayersButForFortyFiveMapsThroughout() {
    Blueprint lenet = Blueprint.of(LeNet.standard());

    // The paper counts 750 in C1 with its 15 biases, 30 in S2, 12,550 in F6.
    assertThat(lenet.shape("c1.weight").size() + 15).isEqualTo(750);
    assertThat(lenet.shape("s2.weight").size() + lenet.shape("s2.bias").size()).isEqualTo(30);
    assertThat(lenet.shape("c5.weight")).isEqualTo(Shape.of(250, 45 * 5 * 5));
    assertThat(lenet.shape("embedding.weight").size() + 50).isEqualTo(12_550);
  }

  @Test
  void aTimeDelayNetLeavesThePapersMoments() {
    // Of 200 moments 64, and of those 19, with 16 maps each.
    assertThat(Blueprint.of(new TimeDelayNet(200, 12, 16, 3)).dim()).isEqualTo(16 * 19);
  }

  @Test
  void whatAttendsCountsItsTwoProducts() {
    Blueprint with = Blueprint.of(new SelfAttentionNet(8, 1, 4, List.of(6), 1, 3, 5));
    Blueprint without = Blueprint.of(new ResidualNet(8, 1, 4, 1, List.of(6), 5));

    long positions = 16;
    long projections = positions * (3 * 6 * 3 + 3 * 6);
    assertThat(with.multiplyAdds() - without.multiplyAdds())
        .isEqualTo(projections + 2 * positions * positions * 3);
  }

  @Test
  void sizesThatLeaveNothingAreRefused() {
    assertThatThrownBy(() -> new LeNet(27, 50))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("at least 28");
    assertThat(Blueprint.of(new LeNet(28, 50)).dim()).isEqualTo(50);
    assertThatThrownBy(() -> new TimeDelayNet(37, 12, 16, 3))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("at least 38");
    assertThat(Blueprint.of(new TimeDelayNet(38, 12, 16, 3)).dim()).isEqualTo(16);
  }

  @Test
  void layersOfNoWidthAreRefused() {
    assertThatThrownBy(() -> new TinyNet(40, 1, 16, List.of(32), 0))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("architecture.dim is 0. It must be 1 to 65536");
    assertThatThrownBy(() -> new ResidualNet(40, 1, 24, 1, List.of(48, 0), 128))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("architecture.stages is [48, 0]");
    assertThatThrownBy(() -> new SelfAttentionNet(8, 1, 4, List.of(), 1, 3, 5))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("architecture.stages is []");
    assertThatThrownBy(() -> new FullyConnectedNet(35, -1))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("architecture.width is -1");
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
