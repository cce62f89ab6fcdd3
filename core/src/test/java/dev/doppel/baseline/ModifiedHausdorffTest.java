package dev.doppel.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doppel.Golden;
import dev.doppel.Property;
import dev.doppel.error.DataException;
import dev.doppel.image.Bitmap;
import dev.doppel.random.Draws;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModifiedHausdorffTest {

  static List<Golden> golden() {
    return Golden.cases("mhd.json");
  }

  @ParameterizedTest
  @MethodSource
  void golden(Golden golden) {
    double[][] a = Golden.matrix(golden.inputs().get("a"));
    double[][] b = Golden.matrix(golden.inputs().get("b"));
    if (golden.options().get("centred").asBoolean()) {
      a = ModifiedHausdorff.centred(a);
      b = ModifiedHausdorff.centred(b);
    }
    JsonNode expected = golden.expected();

    assertThat(ModifiedHausdorff.distance(a, b)).isCloseTo(of(expected, "value"), near(expected));
    assertThat(ModifiedHausdorff.directed(a, b)).isCloseTo(of(expected, "a_to_b"), near(expected));
    assertThat(ModifiedHausdorff.directed(b, a)).isCloseTo(of(expected, "b_to_a"), near(expected));
  }

  private static double of(JsonNode expected, String name) {
    return expected.get(name).asDouble();
  }

  private static Offset<Double> near(JsonNode expected) {
    return within(1e-9 * of(expected, "value") + 1e-12);
  }

  @Test
  void theSearchByRowsFindsWhatComparingAllPointsFinds() {
    Property.holds(
        200,
        seed -> {
          Draws draws = seed.draws();
          Bitmap a = ink(draws);
          Bitmap b = ink(draws);
          double slow =
              ModifiedHausdorff.distance(
                  ModifiedHausdorff.centred(points(a)), ModifiedHausdorff.centred(points(b)));

          assertThat(new ModifiedHausdorff().over(List.of(a, b)).score(0, 1))
              .isCloseTo(-slow, within(1e-9));
        });
  }

  /** Anything from one dot to a full sheet, of any size. */
  private static Bitmap ink(Draws draws) {
    int width = 1 + draws.below(20);
    int height = 1 + draws.below(20);
    double share = draws.unit() * draws.unit();
    Bitmap.Builder sheet = new Bitmap.Builder(width, height);
    sheet.ink(draws.below(width), draws.below(height));
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (draws.chance(share)) {
          sheet.ink(x, y);
        }
      }
    }
    return sheet.build();
  }

  private static double[][] points(Bitmap bitmap) {
    List<double[]> points = new ArrayList<>();
    for (int y = 0; y < bitmap.height(); y++) {
      for (int x = 0; x < bitmap.width(); x++) {
        if (bitmap.ink(x, y)) {
          points.add(new double[] {x, y});
        }
      }
    }
    return points.toArray(double[][]::new);
  }

  @Test
  void aBlankPictureIsRefused() {
    Bitmap blank = new Bitmap.Builder(3, 3).build();

    assertThatThrownBy(() -> new ModifiedHausdorff().over(List.of(blank)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("without ink");
  }
}
