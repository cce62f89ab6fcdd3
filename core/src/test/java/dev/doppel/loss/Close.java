package dev.doppel.loss;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doppel.Golden;
import dev.doppel.model.Embeddings;
import java.util.Arrays;

/** Golden inputs as the losses take them, and the tolerances of 32-bit arithmetic. */
final class Close {

  /** Of the largest expected entry. */
  private static final double RELATIVE = 1e-4;

  private static final double ABSOLUTE = 1e-6;

  private Close() {}

  static Embeddings embeddings(JsonNode... matrices) {
    double[][] rows =
        Arrays.stream(matrices)
            .flatMap(matrix -> Arrays.stream(Golden.matrix(matrix)))
            .toArray(double[][]::new);
    return embeddings(rows);
  }

  static Embeddings embeddings(double[][] rows) {
    int dim = rows[0].length;
    float[] values = new float[rows.length * dim];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rows[i / dim][i % dim];
    }
    return new Embeddings(dim, values);
  }

  static int[] integers(JsonNode list) {
    return Arrays.stream(Golden.numbers(list)).mapToInt(x -> (int) x).toArray();
  }

  static double[] flat(JsonNode matrix) {
    return Arrays.stream(Golden.matrix(matrix)).flatMapToDouble(Arrays::stream).toArray();
  }

  static void value(double found, double expected) {
    assertThat(found)
        .as("value")
        .isCloseTo(
            expected,
            org.assertj.core.data.Offset.offset(RELATIVE * Math.abs(expected) + ABSOLUTE));
  }

  static void gradient(float[] found, double[] expected) {
    gradient(found, expected, RELATIVE, ABSOLUTE);
  }

  static void gradient(float[] found, double[] expected, double relative, double absolute) {
    assertThat(found).as("gradient").hasSameSizeAs(expected);
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    double allowed = relative * largest + absolute;
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i])
          .as("gradient[%d], largest %s", i, largest)
          .isCloseTo(expected[i], org.assertj.core.data.Offset.offset(allowed));
    }
  }
}
