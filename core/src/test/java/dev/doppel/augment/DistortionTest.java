package dev.doppel.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.image.Bend;
import dev.doppel.image.Bitmap;
import dev.doppel.image.Image;
import dev.doppel.image.Preprocess;
import dev.doppel.random.Seed;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DistortionTest {

  private static final int SIDE = 105;
  private static final Preprocess SHEET = Preprocess.ink(SIDE);
  private static final double[] UNMOVED = {1, 0, 0, 0, 1, 0};

  private static Bitmap cross() {
    Bitmap.Builder cross = new Bitmap.Builder(SIDE, SIDE);
    for (int i = 30; i < 75; i++) {
      cross.ink(i, 52);
      cross.ink(52, i);
    }
    return cross.build();
  }

  private static float[] bent(Image image, Bend bend) {
    float[] plane = new float[SHEET.length()];
    SHEET.into(image, UNMOVED, bend, plane, 0);
    return plane;
  }

  @Test
  void aBendThatMovesNothingChangesNothing() {
    float[] plain = new float[SHEET.length()];
    SHEET.into(cross(), plain, 0);

    float[] bent = bent(cross(), new Bend(3, new float[16], new float[16]));

    for (int i = 0; i < plain.length; i++) {
      assertThat(bent[i]).isCloseTo(plain[i], within(1e-6f));
    }
  }

  @Test
  void aBendWithOneShiftEverywhereMovesTheImage() {
    float[] right = new float[16];
    Arrays.fill(right, 3);

    float[] bent = bent(cross(), new Bend(3, right, new float[16]));

    assertThat(bent[40 * SIDE + 49]).isCloseTo(1, within(1e-6f)); // shows what lies 3 to the right
    assertThat(bent[40 * SIDE + 52]).isCloseTo(0, within(1e-6f));
  }

  @Test
  void bendsAreAsStrongAndAsOftenAsAsked() {
    ElasticDistortion elastic = new ElasticDistortion(4, 4, 0.75);
    long none =
        IntStream.range(0, 4000)
            .filter(i -> elastic.draw(Seed.of(1).at(i).draws(), 1).isEmpty())
            .count();
    assertThat(none / 4000.0).isCloseTo(0.25, within(0.03));
    assertThat(ElasticDistortion.NONE.draw(Seed.of(1).draws(), 1)).isEmpty();
  }

  @Test
  void aWiderPenCoversWhatLiesWithinItsRadius() {
    Bitmap.Builder dot = new Bitmap.Builder(9, 9);
    dot.ink(4, 4);
    Bitmap wide = dot.build().dilated(2);

    for (int y = 0; y < 9; y++) {
      for (int x = 0; x < 9; x++) {
        boolean within = (x - 4) * (x - 4) + (y - 4) * (y - 4) <= 4;
        assertThat(wide.ink(x, y)).as("%d, %d", x, y).isEqualTo(within);
      }
    }
    assertThat(dot.build().dilated(0.9)).isEqualTo(dot.build());
  }

  @Test
  void aPenReachesTheRimAndNotBeyond() {
    Bitmap.Builder corner = new Bitmap.Builder(5, 5);
    corner.ink(0, 0);
    corner.ink(4, 4);
    Bitmap wide = corner.build().dilated(1);

    assertThat(wide.ink(1, 0)).isTrue();
    assertThat(wide.ink(4, 0)).isFalse(); // not the end of the row above
    assertThat(wide.ink(0, 4)).isFalse();
  }

  @Test
  void penAndBendAreDrawnFromTheirSeed() {
    PenDistortion pen = new PenDistortion(3, 1);
    Image once = pen.draw(cross(), Seed.of(5).draws());

    assertThat(pen.draw(cross(), Seed.of(5).draws())).isEqualTo(once);
    assertThat(pen.draw(cross(), Seed.of(6).draws())).isNotEqualTo(once);
    assertThat(PenDistortion.NONE.draw(cross(), Seed.of(5).draws())).isEqualTo(cross());
  }

  @Test
  void specksAreInkAndPaperInTheShareThatIsAskedFor() {
    SpeckDistortion speck = new SpeckDistortion(0.2, 1);
    Bitmap white = new Bitmap.Builder(105, 105).build();
    Bitmap.Builder inked = new Bitmap.Builder(105, 105);
    IntStream.range(0, 105 * 105).forEach(i -> inked.ink(i % 105, i / 105));
    Bitmap black = inked.build();

    double most = 0;
    double sum = 0;
    for (int i = 0; i < 200; i++) {
      double onPaper = inkShare((Bitmap) speck.draw(white, Seed.of(i).draws()));
      double onInk = 1 - inkShare((Bitmap) speck.draw(black, Seed.of(i).draws()));
      assertThat(onInk).isBetween(onPaper - 0.02, onPaper + 0.02);
      most = Math.max(most, onPaper);
      sum += onPaper;
    }
    assertThat(most).isBetween(0.08, 0.105); // half of what is drawn anew becomes ink
    assertThat(sum / 200).isBetween(0.04, 0.06); // uniform from 0 on
    assertThat(speck.draw(white, Seed.of(5).draws()))
        .isEqualTo(speck.draw(white, Seed.of(5).draws()));
    assertThat(SpeckDistortion.NONE.draw(white, Seed.of(5).draws())).isSameAs(white);
  }

  private static double inkShare(Bitmap image) {
    return IntStream.range(0, image.width() * image.height())
            .filter(i -> image.ink(i % image.width(), i / image.width()))
            .count()
        / (double) (image.width() * image.height());
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> new SpeckDistortion(0.1, 2))
        .hasMessageContaining("distortion.speck.probability is 2.0. It must be 0 to 1");
    assertThatThrownBy(() -> new SpeckDistortion(Double.NaN, 1))
        .hasMessageContaining("distortion.speck.share is NaN");
    assertThatThrownBy(
            () -> new Bitmap.Builder(3, 3).build().speckled(new int[] {9}, new boolean[] {true}))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new ElasticDistortion(-1, 4, 0.5))
        .hasMessageContaining("distortion.elastic.strength is -1.0. It must be 0 to 50");
    assertThatThrownBy(() -> new PenDistortion(0.2, 0.5)).hasMessageContaining("0.5 to 20");
    assertThatThrownBy(() -> new Bend(2, new float[4], new float[9]))
        .hasMessageContaining("2 cells");
  }

  @Test
  void charactersOfALigatureKeepTheirCommonCentre() {
    for (int i = 0; i < 100; i++) {
      Ligature ligature = Ligature.draw(Seed.of(3).at(i).draws());
      if (ligature.seam() != Ligature.Seam.NONE) {
        assertThat(ligature.first()).isEqualTo(Affine.IDENTITY);
        assertThat(ligature.second()).isEqualTo(Affine.IDENTITY);
        continue;
      }
      Affine a = ligature.first();
      Affine b = ligature.second();
      double first = a.scaleX() * a.scaleX();
      double second = b.scaleX() * b.scaleX();

      assertThat(first * a.shiftX() + second * b.shiftX()).isCloseTo(0, within(1e-9));
      assertThat(first * a.shiftY() + second * b.shiftY()).isCloseTo(0, within(1e-9));
      assertThat(Math.hypot(a.shiftX() - b.shiftX(), a.shiftY() - b.shiftY()))
          .isBetween(22.0, 52.0);
    }
  }

  @Test
  void aSeamShowsHalfOfEach() {
    float[] second = {5, 6, 7, 8};

    assertThat(joined(Ligature.Seam.UPRIGHT, second)).containsExactly(9, 1, 6, 3, 8);
    assertThat(joined(Ligature.Seam.LEVEL, second)).containsExactly(9, 1, 2, 7, 8);
    assertThat(joined(Ligature.Seam.NONE, second)).containsExactly(9, 5, 6, 7, 8);
  }

  private static float[] joined(Ligature.Seam seam, float[] second) {
    float[] first = {9, 1, 2, 3, 4}; // the plane begins at 1
    new Ligature(Affine.IDENTITY, Affine.IDENTITY, seam).join(first, 1, second, 2);
    return first;
  }
}
