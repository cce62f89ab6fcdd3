package dev.doppel.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.Property;
import dev.doppel.data.Dataset;
import dev.doppel.data.Sample;
import dev.doppel.data.glyph.GlyphAlphabets;
import dev.doppel.error.DataException;
import dev.doppel.eval.Koch400;
import dev.doppel.eval.Matcher;
import dev.doppel.image.Bitmap;
import dev.doppel.image.Image;
import dev.doppel.random.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeformableTest {

  private static final Dataset GLYPHS = GlyphAlphabets.generate(Seed.of(5), 2, 10, 4);
  private static final List<Image> IMAGES = GLYPHS.samples().map(Sample::image).toList();

  private static double score(Image a, Image b) {
    return new Deformable().over(List.of(a, b)).score(0, 1);
  }

  /** Seen through waves of some pixels, a third of the sheet long. */
  private static Image waved(Image image, double pixels) {
    Bitmap.Builder sheet = new Bitmap.Builder(image.width(), image.height());
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int fromX = (int) Math.rint(x + pixels * Math.sin(y / 17.0));
        int fromY = (int) Math.rint(y + pixels * Math.cos(x / 17.0));
        boolean inside =
            fromX >= 0 && fromY >= 0 && fromX < image.width() && fromY < image.height();
        if (inside && image.sample(fromX, fromY, 0) == 0) {
          sheet.ink(x, y);
        }
      }
    }
    return sheet.build();
  }

  /** Twice as large, on a sheet of its own shape, moved. */
  private static Image enlarged(Image image) {
    Bitmap.Builder sheet = new Bitmap.Builder(2 * image.width() + 7, 2 * image.height());
    for (int y = 0; y < 2 * image.height(); y++) {
      for (int x = 0; x < 2 * image.width(); x++) {
        if (image.sample(x / 2, y / 2, 0) == 0) {
          sheet.ink(x + 7, y);
        }
      }
    }
    return sheet.build();
  }

  @Test
  void anImageIsClosestToItself() {
    Matcher.Comparison comparison = new Deformable().over(IMAGES);
    for (int i = 1; i < 12; i++) {
      assertThat(comparison.score(i, i)).isCloseTo(0, within(1e-9));
      assertThat(comparison.score(0, i)).isNegative();
    }
  }

  @Test
  void smallWavesMatterLessThanAnotherCharacter() {
    Property.holds(
        8,
        seed -> {
          int[] two = seed.draws().distinct(2, IMAGES.size() / 4);
          Image image = IMAGES.get(4 * two[0]); // four drawers
          double bent = score(image, waved(image, 4));

          assertThat(bent).isGreaterThan(score(image, IMAGES.get(4 * two[1])));
          assertThat(bent).isLessThan(score(image, waved(image, 1)));
        });
  }

  @Test
  void whereAnImageIsAndHowLargeIsForgiven() {
    Image image = IMAGES.get(0);

    assertThat(score(image, enlarged(image))).isGreaterThan(-0.02);
  }

  @Test
  void bothWaysRoundAndEveryTimeTheScoreIsTheSame() {
    Matcher.Comparison comparison = new Deformable().over(IMAGES);
    Matcher.Comparison again = new Deformable().over(IMAGES);
    for (int i = 1; i < 12; i++) {
      double score = comparison.score(0, i);

      assertThat(comparison.score(i, 0)).isEqualTo(score);
      assertThat(again.score(0, i)).isEqualTo(score);
    }
  }

  @Test
  void itTellsInventedCharactersApartBetterThanPixelsDo() {
    Koch400 questions = new Koch400(GLYPHS, 10, 1, 2, 1);
    double bent = questions.run(new Deformable()).score().accuracy();

    assertThat(bent).isGreaterThan(0.8);
    assertThat(bent).isGreaterThan(questions.run(new PixelCentredBlurred()).score().accuracy());
  }

  @Test
  void aDotHasNoSpreadAndIsComparedAllTheSame() {
    Bitmap.Builder sheet = new Bitmap.Builder(20, 20);
    sheet.ink(3, 4);

    assertThat(score(sheet.build(), IMAGES.get(0))).isNegative().isFinite();
  }

  @Test
  void aBlankPictureIsRefused() {
    Bitmap blank = new Bitmap.Builder(3, 3).build();

    assertThatThrownBy(() -> new Deformable().over(List.of(blank)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("3×3 without ink");
  }
}
