package dev.doppel.torch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doppel.Golden;
import java.util.Arrays;

/** What tests of losses against golden values share: flat floats, and their tolerance. */
final class GoldenLosses {

  private static final double RELATIVE = 1e-4;
  private static final double ABSOLUTE = 1e-6;

  private GoldenLosses() {}

  static float[] flat(JsonNode rows) {
    double[] values =
        rows.get(0).isArray()
            ? Arrays.stream(Golden.matrix(rows)).flatMapToDouble(Arrays::stream).toArray()
            : Golden.numbers(rows);
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  static void assertClose(float[] found, JsonNode expected) {
    float[] wanted =
        expected.isArray() ? flat(expected) : new float[] {(float) expected.asDouble()};
    double largest = 0;
    for (float each : wanted) {
      largest = Math.max(largest, Math.abs(each));
    }
    assertThat(found).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.length; i++) {
      assertThat(Math.abs(found[i] - wanted[i]))
          .as("entry %d: %s, expected %s", i, found[i], wanted[i])
          .isLessThanOrEqualTo((float) (RELATIVE * largest + ABSOLUTE));
    }
  }
}
