package dev.doppel.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreprocessTest {

  @Test
  void inkShinesAndPaperIsZero() {
    float[] planes = planes(Preprocess.ink(9), dot(9, 2, 3));

    assertThat(planes[3 * 9 + 2]).isEqualTo(1);
    assertThat(sum(planes)).isEqualTo(1);
  }

  @Test
  void theCentreOfABitmapIsThatOfItsSamplesToTheLastBit() {
    for (int i = 0; i < 50; i++) {
      Draws draws = Seed.of(6).at(i).draws();
      Bitmap.Builder sheet = new Bitmap.Builder(1 + draws.below(130), 1 + draws.below(40));
      Bitmap blank = sheet.build();
      for (int j = draws.below(60); j > 0; j--) {
        sheet.ink(draws.below(blank.width()), draws.below(blank.height()));
      }
      assertThat(InkCentre.of(sheet.build())).isEqualTo(InkCentre.ofSamples(sheet.build()));
    }
  }

  @Test
  void centredInkIsInTheMiddleWhereverItWasDrawn() {
    Preprocess centred = Preprocess.ink(9).withCentred(true);

    float[] corner = planes(centred, dot(9, 1, 7));

    assertThat(corner[4 * 9 + 4]).isEqualTo(1);
    assertThat(corner).isEqualTo(planes(centred, dot(9, 6, 2)));
  }

  @Test
  void aBlankImageStaysBlank() {
    float[] planes = planes(Preprocess.ink(9).withCentred(true), new Bitmap.Builder(9, 9).build());

    assertThat(sum(planes)).isZero();
  }

  @Test
  void meanAndDeviationApplyToEachChannel() {
    Raster colours = new Raster(1, 1, 3, new byte[] {(byte) 255, 0, (byte) 128});
    Preprocess three =
        new Preprocess(1, 1, 3, false, false, List.of(0.5f, 0.5f, 0f), List.of(0.5f, 0.25f, 1f));

    float[] planes = planes(three, colours);

    assertThat(planes[0]).isEqualTo(1);
    assertThat(planes[1]).isEqualTo(-2);
    assertThat(planes[2]).isEqualTo(128 / 255f);
  }

  @Test
  void croppingKeepsTheMiddleAndPaddingTheWhole() {
    // Four columns of 0, 80, 160, 240 in two rows, onto two by two.
    byte[] samples = {0, 80, (byte) 160, (byte) 240, 0, 80, (byte) 160, (byte) 240};
    Raster wide = new Raster(4, 2, 1, samples);

    assertThat(planes(framed(Framing.CROP), wide))
        .containsExactly(new float[] {80 / 255f, 160 / 255f, 80 / 255f, 160 / 255f}, within(1e-6f));
    assertThat(planes(framed(Framing.STRETCH), wide))
        .containsExactly(new float[] {40 / 255f, 200 / 255f, 40 / 255f, 200 / 255f}, within(1e-6f));
    float half = 0.5f; // white above and below, a half of each pixel
    assertThat(planes(framed(Framing.PAD), wide))
        .containsExactly(
            new float[] {
              half + half * 40 / 255f,
              half + half * 200 / 255f,
              half + half * 40 / 255f,
              half + half * 200 / 255f
            },
            within(1e-6f));
  }

  private static Preprocess framed(Framing framing) {
    return new Preprocess(2, 2, 1, false, false, List.of(0f), List.of(1f), framing);
  }

  private static Bitmap dot(int side, int x, int y) {
    Bitmap.Builder sheet = new Bitmap.Builder(side, side);
    sheet.ink(x, y);
    return sheet.build();
  }

  private static float[] planes(Preprocess preprocess, Image image) {
    float[] planes = new float[preprocess.length()];
    preprocess.into(image, planes, 0);
    return planes;
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }
}
