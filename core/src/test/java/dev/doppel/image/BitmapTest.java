package dev.doppel.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import org.junit.jupiter.api.Test;

class BitmapTest {

  @Test
  void whatIsInkedIsBlack() {
    Bitmap.Builder sheet = new Bitmap.Builder(5, 3);
    sheet.ink(4, 2);
    Bitmap bitmap = sheet.build();
    assertThat(bitmap.ink(4, 2)).isTrue();
    assertThat(bitmap.sample(4, 2, 0)).isZero();
    assertThat(bitmap.sample(3, 2, 0)).isEqualTo(255);
    assertThat(bitmap.bits()).containsExactly(0, 1 << 6);
  }

  @Test
  void aBuiltBitmapNoLongerChanges() {
    Bitmap.Builder sheet = new Bitmap.Builder(8, 1);
    Bitmap before = sheet.build();
    sheet.ink(0, 0);
    before.bits()[0] = 1;
    assertThat(before.ink(0, 0)).isFalse();
    assertThat(sheet.build()).isNotEqualTo(before);
  }

  @Test
  void wordsAndRowsHoldThePixelsOfAnySize() {
    for (int i = 0; i < 200; i++) {
      Draws draws = Seed.of(3).at(i).draws();
      int width = 1 + draws.below(140);
      int height = 1 + draws.below(9);
      int stride = (width + 7) / 8;
      byte[] rows = new byte[(stride + 1) * height];
      Bitmap.Builder sheet = new Bitmap.Builder(width, height);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < stride * 8; x++) {
          if (draws.chance(0.3)) { // bits past the width are no pixels, whatever they are
            if (x < width) {
              sheet.ink(x, y);
            }
          } else {
            rows[y * (stride + 1) + 1 + x / 8] |= (byte) (0x80 >> (x & 7));
          }
        }
      }
      Bitmap bitmap = sheet.build();
      assertThat(Bitmap.ofRows(width, height, rows, stride + 1, 1)).isEqualTo(bitmap);
      assertThat(Bitmap.of(bitmap)).isEqualTo(bitmap).hasSameHashCodeAs(bitmap);
      for (int from = 0; from < width * height; from++) {
        long word = bitmap.word(from);
        for (int bit = 0; bit < 56 && from + bit < width * height; bit++) {
          int at = from + bit;
          if ((word >>> bit & 1) == 1 != bitmap.ink(at % width, at / width)) {
            throw new AssertionError("seed 3 at " + i + ": bit " + bit + " of the word at " + from);
          }
        }
      }
    }
  }

  @Test
  void anEmptySheetIsRefused() {
    assertThatThrownBy(() -> new Bitmap.Builder(0, 3)).hasMessageContaining("0×3");
  }
}
