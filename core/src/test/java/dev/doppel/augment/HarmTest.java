package dev.doppel.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.error.OptionException;
import dev.doppel.image.Bitmap;
import dev.doppel.image.Image;
import dev.doppel.image.InkBox;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import org.junit.jupiter.api.Test;

class HarmTest {

  /** A bar of 30 by 4 at the left edge of the sheet. */
  private static final Bitmap BAR = bar();

  private static Bitmap bar() {
    Bitmap.Builder sheet = new Bitmap.Builder(60, 60);
    for (int y = 20; y < 24; y++) {
      for (int x = 0; x < 30; x++) {
        sheet.ink(x, y);
      }
    }
    return sheet.build();
  }

  private static Draws draws() {
    return Seed.of(1).at("test").draws();
  }

  private static int ink(Image image) {
    int sum = 0;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        sum += image.sample(x, y, 0) < 128 ? 1 : 0;
      }
    }
    return sum;
  }

  @Test
  void aQuarterTurnStandsTheBarUpright() {
    InkBox box = InkBox.of(Harm.ROTATION.of(BAR, 90, draws()));

    assertThat(box.width()).isBetween(3, 5);
    assertThat(box.height()).isBetween(29, 31);
    assertThat(box.middleX()).isCloseTo(14.5, within(1.0));
    assertThat(box.middleY()).isCloseTo(21.5, within(1.0));
  }

  @Test
  void inkThatGrowsStaysOnTheSheet() {
    InkBox box = InkBox.of(Harm.SCALE.of(BAR, 1.5, draws()));

    assertThat(box.left()).isZero();
    assertThat(box.width()).isBetween(44, 46);
    assertThat(box.height()).isEqualTo(6);
    assertThat(ink(Harm.SCALE.of(BAR, 0.5, draws()))).isCloseTo(30, within(4));
  }

  @Test
  void noChangeAtTheLevelOfNone() {
    assertThat(Harm.ROTATION.of(BAR, 0, draws())).isEqualTo(BAR);
    assertThat(Harm.SCALE.of(BAR, 1, draws())).isEqualTo(BAR);
    assertThat(Harm.NOISE.of(BAR, 0, draws())).isEqualTo(BAR);
    assertThat(Harm.OCCLUSION.of(BAR, 0, draws())).isEqualTo(BAR);
  }

  @Test
  void aPenChangesTheWidth() {
    assertThat(InkBox.of(Harm.PEN.of(BAR, 1, draws())).height()).isEqualTo(1);
    assertThat(InkBox.of(Harm.PEN.of(BAR, 9, draws())).height()).isBetween(8, 10);
  }

  @Test
  void halfOfTheNoiseIsPepper() {
    Image blank = new Bitmap.Builder(100, 100).build();
    assertThat(ink(Harm.NOISE.of(blank, 0.2, draws()))).isCloseTo(1000, within(100));
  }

  /** More noise leaves the specks of less where they are. */
  @Test
  void levelsOfNoiseNest() {
    Image less = Harm.NOISE.of(BAR, 0.05, draws());
    Image more = Harm.NOISE.of(BAR, 0.2, draws());
    for (int y = 0; y < 60; y++) {
      for (int x = 0; x < 60; x++) {
        if (less.sample(x, y, 0) != BAR.sample(x, y, 0)) {
          assertThat(more.sample(x, y, 0)).isEqualTo(less.sample(x, y, 0));
        }
      }
    }
  }

  @Test
  void aPatchCoversItsShareOfTheBox() {
    Bitmap.Builder full = new Bitmap.Builder(60, 60);
    for (int y = 10; y < 50; y++) {
      for (int x = 10; x < 50; x++) {
        full.ink(x, y);
      }
    }
    assertThat(ink(Harm.OCCLUSION.of(full.build(), 0.25, draws()))).isEqualTo(1200);
  }

  @Test
  void theSameDrawsGiveTheSameImage() {
    for (Harm kind : Harm.values()) {
      double level = kind.levels().get(0);
      assertThat(kind.of(BAR, level, draws()))
          .as(kind.text())
          .isEqualTo(kind.of(BAR, level, draws()));
    }
  }

  @Test
  void unknownKindsAndLevelsAreRefused() {
    assertThatThrownBy(() -> Harm.named("rotatoin"))
        .isInstanceOf(OptionException.class)
        .hasMessageEndingWith("Did you mean rotation?");
    assertThatThrownBy(() -> Harm.NOISE.of(BAR, 1.5, draws()))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("noise is 1.5");
    assertThat(Harm.ROTATION.text(10)).isEqualTo("10°");
    assertThat(Harm.SCALE.text(0.6)).isEqualTo("×0.6");
  }
}
