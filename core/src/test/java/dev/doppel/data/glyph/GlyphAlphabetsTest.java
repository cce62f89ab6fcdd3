package dev.doppel.data.glyph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.data.Dataset;
import dev.doppel.data.ImageClass;
import dev.doppel.data.Sample;
import dev.doppel.image.Bitmap;
import dev.doppel.image.Image;
import dev.doppel.image.Preprocess;
import dev.doppel.random.Seed;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class GlyphAlphabetsTest {

  private static final Dataset SET = GlyphAlphabets.generate(Seed.of(3), 4, 12, 6);

  @Test
  void theShapeIsWhatWasAskedForAndItIsMarked() {
    assertThat(SET.synthetic()).isTrue();
    assertThat(SET.groups()).hasSize(4).allSatisfy(g -> assertThat(g.classes()).hasSize(12));
    assertThat(SET.samples()).hasSize(4 * 12 * 6);
    Sample last = SET.samples().reduce((a, b) -> b).orElseThrow();
    assertThat(last.id()).isEqualTo("Glyphs_04/character12/06");
    assertThat(last.image().width()).isEqualTo(105);
    assertThat(last.image().height()).isEqualTo(105);
  }

  @Test
  void theSeedAloneDecides() {
    assertThat(GlyphAlphabets.generate(Seed.of(3), 4, 12, 6)).isEqualTo(SET);
    Dataset other = GlyphAlphabets.generate(Seed.of(4), 4, 12, 6);
    assertThat(images(other)).doesNotContainAnyElementsOf(images(SET));
  }

  @Test
  void moreAlphabetsCharactersAndDrawersDoNotChangeTheFirst() {
    Dataset more = GlyphAlphabets.generate(Seed.of(3), 5, 14, 7);
    ImageClass first = SET.groups().get(2).classes().get(11);
    ImageClass again = more.groups().get(2).classes().get(11);
    assertThat(again.samples().subList(0, 6)).isEqualTo(first.samples());
  }

  @Test
  void noTwoDrawingsAreTheSame() {
    assertThat(new HashSet<>(images(SET))).hasSize(images(SET).size());
  }

  @Test
  void aSheetHoldsAboutAsMuchInkAsOmniglots() {
    double mean = SET.samples().mapToDouble(sample -> ink(sample.image())).average().orElseThrow();
    assertThat(mean).isBetween(0.04, 0.12);
    assertThat(SET.samples()).allSatisfy(sample -> assertThat(ink(sample.image())).isPositive());
  }

  @Test
  void drawingsOfOneCharacterResembleEachOther() {
    int right = 0;
    int asked = 0;
    for (ImageClass character : SET.classes()) {
      Sample query = character.samples().get(0);
      ImageClass nearest = null;
      double least = Double.POSITIVE_INFINITY;
      for (ImageClass candidate : SET.classes()) {
        double distance = distance(query.image(), candidate.samples().get(1).image());
        if (distance < least) {
          least = distance;
          nearest = candidate;
        }
      }
      right += character.equals(nearest) ? 1 : 0;
      asked++;
    }
    // Of 48 characters chance finds one; too easy a set would tell nothing either.
    assertThat(right).isBetween(asked / 4, asked - 1);
  }

  @Test
  void anEmptySetIsRefused() {
    assertThatThrownBy(() -> GlyphAlphabets.generate(Seed.of(0), 0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Image> images(Dataset set) {
    return set.samples().map(Sample::image).toList();
  }

  private static double ink(Image image) {
    int count = 0;
    for (byte eight : ((Bitmap) image).bits()) {
      count += Integer.bitCount(eight & 0xFF);
    }
    return count / (105.0 * 105.0);
  }

  /** Of coarse pictures, so that a stroke's neighbourhood counts. */
  private static double distance(Image one, Image other) {
    Preprocess coarse = Preprocess.ink(10);
    float[] first = new float[coarse.length()];
    float[] second = new float[coarse.length()];
    coarse.into(one, first, 0);
    coarse.into(other, second, 0);
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += (first[i] - second[i]) * (first[i] - second[i]);
    }
    return sum;
  }
}
