package dev.doppel.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.error.DataException;
import dev.doppel.error.OptionException;
import dev.doppel.eval.Matcher;
import dev.doppel.image.Bitmap;
import dev.doppel.image.Image;
import dev.doppel.image.Raster;
import java.util.List;
import org.junit.jupiter.api.Test;

class PixelBaselinesTest {

  private static Image dots(int side, int... coordinates) {
    Bitmap.Builder sheet = new Bitmap.Builder(side, side);
    for (int i = 0; i < coordinates.length; i += 2) {
      sheet.ink(coordinates[i], coordinates[i + 1]);
    }
    return sheet.build();
  }

  private static double score(Matcher matcher, Image a, Image b) {
    return matcher.over(List.of(a, b)).score(0, 1);
  }

  @Test
  void theCosineCountsSharedInk() {
    Image three = dots(9, 1, 1, 2, 2, 3, 3);
    Image two = dots(9, 2, 2, 8, 8);

    assertThat(score(new PixelCosine(), three, three)).isEqualTo(1);
    assertThat(score(new PixelCosine(), three, two)).isEqualTo(1 / Math.sqrt(6));
    assertThat(score(new PixelCosine(), three, dots(9, 0, 8))).isZero();
    assertThat(score(new PixelCosine(), three, dots(9))).isZero();
  }

  @Test
  void greyIsHalfInk() {
    Image black = new Raster(2, 1, 1, new byte[] {0, 0});
    Image grey = new Raster(2, 1, 1, new byte[] {(byte) 255, 0});

    assertThat(score(new PixelCosine(), black, grey)).isCloseTo(Math.sqrt(0.5), within(1e-12));
  }

  @Test
  void centringForgivesPosition() {
    Image here = dots(41, 5, 5, 6, 5, 7, 5, 7, 6);
    Image there = dots(41, 30, 30, 31, 30, 32, 30, 32, 31);

    assertThat(score(new PixelCosine(), here, there)).isZero();
    assertThat(score(new PixelCentredBlurred(), here, there)).isCloseTo(1, within(1e-12));
  }

  @Test
  void blurringForgivesSmallMoves() {
    Image plain = dots(41, 20, 20, 20, 10, 20, 30);
    Image bent = dots(41, 20, 20, 19, 10, 21, 30);
    Image far = dots(41, 20, 20, 10, 20, 30, 20);

    assertThat(score(new PixelCentredBlurred(), plain, bent))
        .isGreaterThan(0.9)
        .isGreaterThan(score(new PixelCentredBlurred(), plain, far));
  }

  @Test
  void theBlurKeepsTheSumAwayFromBordersAndItsSpread() {
    InkPlane blurred = InkPlane.of(dots(61, 30, 30)).blurred(3);
    double sum = 0;
    double square = 0;
    for (int y = 0; y < 61; y++) {
      for (int x = 0; x < 61; x++) {
        sum += blurred.ink()[y * 61 + x];
        square += blurred.ink()[y * 61 + x] * (x - 30) * (x - 30);
      }
    }
    assertThat(sum).isCloseTo(1, within(1e-12));
    assertThat(Math.sqrt(square)).isCloseTo(3, within(0.01));
  }

  @Test
  void imagesOfTwoSizesCannotBeCompared() {
    assertThatThrownBy(() -> score(new PixelCosine(), dots(9, 1, 1), dots(8, 1, 1)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("9×9 and 8×8");
  }

  @Test
  void baselinesAreFoundByName() {
    assertThat(Baselines.names())
        .containsExactly(
            "pixel-cosine", "pixel-centred-blurred", "modified-hausdorff", "deformable");
    assertThat(Baselines.named("modified-hausdorff")).isInstanceOf(ModifiedHausdorff.class);
    assertThatThrownBy(() -> Baselines.named("modified-hausdorf"))
        .isInstanceOf(OptionException.class)
        .hasMessageEndingWith("Did you mean modified-hausdorff?");
  }
}
