package dev.doppel.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AffineTest {

  @Test
  void everyGoldenMatrixAndInverseIsMet() throws IOException {
    JsonNode cases = golden();
    assertThat(cases).hasSize(44);
    for (JsonNode each : cases) {
      JsonNode in = each.get("inputs");
      Affine affine = affine(in);
      int width = in.get("width").asInt();
      int height = in.get("height").asInt();
      check(each, "matrix", affine.matrix(width, height));
      check(each, "inverse", affine.inverse(width, height));
    }
  }

  @Test
  void aFlatMapIsRefused() {
    assertThatThrownBy(() -> new Affine(0, 0, 0, 0, 1, 0, 0)).hasMessageContaining("positive");
    assertThatThrownBy(() -> new Affine(0, 1, 1, 1, 1, 0, 0)).hasMessageContaining("flatten");
    assertThatThrownBy(() -> new Affine(Double.NaN, 0, 0, 1, 1, 0, 0))
        .hasMessageContaining("finite");
  }

  /** The cases of the golden file. */
  static JsonNode golden() throws IOException {
    try (InputStream in = AffineTest.class.getResourceAsStream("/golden/affine.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in));
    }
  }

  /** The map a golden case asks for. */
  static Affine affine(JsonNode in) {
    return new Affine(
        in.get("rotation").asDouble(),
        in.get("shear_x").asDouble(),
        in.get("shear_y").asDouble(),
        in.get("scale_x").asDouble(),
        in.get("scale_y").asDouble(),
        in.get("shift_x").asDouble(),
        in.get("shift_y").asDouble());
  }

  private static void check(JsonNode each, String name, double[] found) {
    JsonNode rows = each.get("expected").get(name);
    double largest = 1;
    for (int i = 0; i < 6; i++) {
      largest = Math.max(largest, Math.abs(rows.get(i / 3).get(i % 3).asDouble()));
    }
    for (int i = 0; i < 6; i++) {
      assertThat(found[i])
          .as("%s, %s, entry %d", each.get("name").asText(), name, i)
          .isCloseTo(rows.get(i / 3).get(i % 3).asDouble(), within(1e-9 * largest + 1e-12));
    }
  }
}
