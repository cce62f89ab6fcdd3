package dev.doppel.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.random.Seed;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KochDistortionTest {

  private static final int DRAWS = 200_000;

  private static final List<Affine> DRAWN =
      IntStream.range(0, DRAWS)
          .mapToObj(i -> KochDistortion.PAPER.draw(Seed.of(7).at(i).draws()))
          .toList();

  @Test
  void oneInAHundredAndTwentyEightChangesNothing() {
    double identities = DRAWN.stream().filter(Affine.IDENTITY::equals).count();
    double expected = Math.pow(2, -7);
    double deviation = Math.sqrt(expected * (1 - expected) / DRAWS);
    assertThat(identities / DRAWS).isCloseTo(expected, within(4 * deviation));
  }

  @Test
  void eachPartIsOnHalfTheTimeAndUniformInItsRange() {
    check(Affine::rotation, 0, 10);
    check(Affine::shearX, 0, 0.3);
    check(Affine::shearY, 0, 0.3);
    check(Affine::scaleX, 1, 0.2);
    check(Affine::scaleY, 1, 0.2);
    check(Affine::shiftX, 0, 2);
    check(Affine::shiftY, 0, 2);
  }

  private static void check(ToDoubleFunction<Affine> part, double off, double range) {
    double[] on = DRAWN.stream().mapToDouble(part).filter(value -> value != off).toArray();
    assertThat((double) on.length / DRAWS).isCloseTo(0.5, within(4 * 0.5 / Math.sqrt(DRAWS)));
    double sum = 0;
    double squares = 0;
    for (double value : on) {
      assertThat(Math.abs(value - off)).isLessThanOrEqualTo(range + 1e-12);
      sum += value - off;
      squares += (value - off) * (value - off);
    }
    assertThat(sum / on.length).isCloseTo(0, within(0.01 * range));
    assertThat(squares / on.length).isCloseTo(range * range / 3, within(0.01 * range * range));
  }

  @Test
  void partsAreSwitchedIndependently() {
    long both = DRAWN.stream().filter(a -> a.shearX() != 0 && a.shearY() != 0).count();
    assertThat((double) both / DRAWS).isCloseTo(0.25, within(0.005));
  }

  @Test
  void anAddressAlwaysDrawsTheSameMap() {
    assertThat(KochDistortion.PAPER.draw(Seed.of(7).at(3).draws())).isEqualTo(DRAWN.get(3));
    assertThat(DRAWN.get(3)).isNotEqualTo(DRAWN.get(4));
  }

  @Test
  void impossibleRangesAreRefused() {
    assertThatThrownBy(() -> new KochDistortion(10, 1, 0.2, 2, 0.5))
        .hasMessageContaining("distortion.affine.shear is 1.0. It must be 0 to below 1");
    assertThatThrownBy(() -> new KochDistortion(10, 0.3, 0.2, 2, 1.5))
        .hasMessageContaining("distortion.affine.probability");
  }
}
