package dev.doppel.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WarpTest {

  @Test
  void everyGoldenPictureIsMet() throws IOException {
    JsonNode cases;
    try (InputStream in = WarpTest.class.getResourceAsStream("/golden/affine.json")) {
      cases = new ObjectMapper().readTree(Objects.requireNonNull(in));
    }
    assertThat(cases).hasSize(44);
    for (JsonNode each : cases) {
      int width = each.get("inputs").get("width").asInt();
      int height = each.get("inputs").get("height").asInt();
      InkSheet sheet = new InkSheet();
      sheet.load(plane(each.get("inputs").get("image"), width, height), width, height);
      double[] inverse = new double[6];
      for (int i = 0; i < 6; i++) {
        inverse[i] = each.get("expected").get("inverse").get(i / 3).get(i % 3).asDouble();
      }
      float[] found = new float[width * height];
      Warp.render(sheet, width, height, inverse, width, height, found, 0);
      assertThat(found)
          .as(each.get("name").asText())
          .containsExactly(plane(each.get("expected").get("value"), width, height), within(1e-5f));
    }
  }

  @Test
  void theQuickOneAgreesWithItsPlainTwin() {
    for (int i = 0; i < 300; i++) {
      Draws draws = Seed.of(1).at(i).draws();
      Image image = image(draws);
      int width = 1 + draws.below(draws.chance(0.5) ? 12 : 130);
      int height = 1 + draws.below(draws.chance(0.5) ? 12 : 130);
      double[] inverse = map(draws, image);
      int channel = image.channels() == 3 ? draws.below(4) - 1 : draws.below(2) - 1;
      float[] found = new float[width * height + 5];
      float[] expected = new float[width * height + 5];
      Warp.render(image, channel, inverse, width, height, found, 3);
      PlainWarp.render(image, channel, inverse, width, height, expected, 3);
      assertThat(gap(found, expected))
          .as("seed 1 at %d: %s to %d×%d by %s", i, image, width, height, Arrays.toString(inverse))
          .isCloseTo(0, within(1e-6));
    }
  }

  @Test
  void planesOfMapsThatDoNotTurnAgreeWithThePlainTwin() {
    for (int i = 0; i < 300; i++) {
      Draws draws = Seed.of(3).at(i).draws();
      Image image = image(draws);
      int width = 1 + draws.below(draws.chance(0.5) ? 12 : 130);
      int height = 1 + draws.below(draws.chance(0.5) ? 12 : 130);
      double[] inverse =
          draws.chance(0.3)
              ? Warp.IDENTITY
              : new double[] {
                draws.between(0.2, 3),
                0,
                draws.between(-99, 99),
                0,
                draws.between(0.2, 3),
                draws.between(-99, 99)
              };
      int channels = draws.chance(0.5) ? 1 : 3;
      int area = width * height;
      float[] found = new float[channels * area + 5];
      float[] expected = new float[channels * area + 5];
      Warp.planes(image, channels, inverse, false, width, height, found, 3);
      for (int channel = 0; channel < channels; channel++) {
        int source = image.channels() == channels ? channel : -1;
        PlainWarp.render(image, source, inverse, width, height, expected, 3 + channel * area);
      }
      assertThat(gap(found, expected))
          .as("seed 3 at %d: %s to %d×%d by %s", i, image, width, height, Arrays.toString(inverse))
          .isCloseTo(0, within(1e-6));
    }
  }

  @Test
  void aPhotographOfOneColourHasNoRim() {
    byte[] samples = new byte[7 * 5 * 3];
    Arrays.fill(samples, (byte) 51);
    float[] found = new float[3 * 20 * 20];
    Warp.planes(new Raster(7, 5, 3, samples), 3, Warp.IDENTITY, true, 20, 20, found, 0);
    for (float value : found) {
      assertThat(value).isCloseTo(0.2f, within(1e-6f));
    }
  }

  private static double gap(float[] some, float[] others) {
    double largest = 0;
    for (int i = 0; i < some.length; i++) {
      largest = Math.max(largest, Math.abs((double) some[i] - others[i]));
    }
    return largest;
  }

  @Test
  void theIdentityAtTheSameSizeIsExact() {
    for (int i = 0; i < 50; i++) {
      Image image = image(Seed.of(2).at(i).draws());
      float[] found = new float[image.width() * image.height()];
      Warp.render(image, 0, Warp.IDENTITY, image.width(), image.height(), found, 0);
      float[] expected = new float[found.length];
      for (int p = 0; p < found.length; p++) {
        expected[p] = image.sample(p % image.width(), p / image.width(), 0) / 255f;
      }
      assertThat(found).isEqualTo(expected);
    }
  }

  @Test
  void aWhitePictureStaysExactlyWhite() {
    float[] found = new float[40 * 40];
    Warp.render(new Bitmap.Builder(105, 105).build(), 0, Warp.IDENTITY, 40, 40, found, 0);
    assertThat(found).containsOnly(1f);
  }

  @Test
  void aSheetForgetsTheImageBefore() {
    float[] found = new float[100];
    Bitmap.Builder black = new Bitmap.Builder(30, 30);
    for (int i = 0; i < 900; i++) {
      black.ink(i % 30, i / 30);
    }
    Warp.render(black.build(), 0, Warp.IDENTITY, 10, 10, found, 0);
    assertThat(found).containsOnly(0f);
    Warp.render(new Bitmap.Builder(7, 9).build(), 0, Warp.IDENTITY, 10, 10, found, 0);
    assertThat(found).containsOnly(1f);
  }

  @Test
  void mapsThatAreNoneAreRefused() {
    Image image = new Bitmap.Builder(3, 3).build();
    assertThatThrownBy(
            () ->
                Warp.render(
                    image, 0, new double[] {Double.NaN, 0, 0, 0, 1, 0}, 3, 3, new float[9], 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Image image(Draws draws) {
    int width = 1 + draws.below(draws.chance(0.3) ? 6 : 120);
    int height = 1 + draws.below(draws.chance(0.3) ? 6 : 120);
    if (draws.chance(0.5)) {
      Bitmap.Builder sheet = new Bitmap.Builder(width, height);
      for (int i = draws.below(width * height / 4 + 2); i > 0; i--) {
        sheet.ink(draws.below(width), draws.below(height));
      }
      return sheet.build();
    }
    int channels = draws.chance(0.5) ? 1 : 3;
    byte[] samples = new byte[width * height * channels];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (draws.chance(0.3) ? 255 : draws.below(256));
    }
    return new Raster(width, height, channels, samples);
  }

  /** Gentle, wild and degenerate maps. */
  private static double[] map(Draws draws, Image image) {
    return switch (draws.below(4)) {
      case 0 -> Warp.IDENTITY;
      case 1 -> // a quarter turn, with zeros that are nearly so
          new double[] {6e-17, 1, 0, -1, 6e-17, image.width() - 1};
      case 2 ->
          new double[] {
            draws.between(0.7, 1.4),
            draws.between(-0.4, 0.4),
            draws.between(-9, 9),
            draws.between(-0.4, 0.4),
            draws.between(0.7, 1.4),
            draws.between(-9, 9)
          };
      default ->
          new double[] {
            draws.between(-30, 30),
            draws.between(-3, 3),
            draws.between(-99, 99),
            draws.between(-3, 3),
            draws.chance(0.2) ? 0 : draws.between(-30, 30),
            draws.between(-99, 99)
          };
    };
  }

  private static float[] plane(JsonNode rows, int width, int height) {
    float[] plane = new float[width * height];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = (float) rows.get(i / width).get(i % width).asDouble();
    }
    return plane;
  }
}
