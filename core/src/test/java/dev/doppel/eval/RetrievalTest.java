package dev.doppel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doppel.Golden;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetrievalTest {

  static List<Golden> retrieval() {
    return Golden.cases("metrics.json", "metric", "retrieval");
  }

  private static Retrieval of(Golden golden) {
    double[][] rows = Golden.matrix(golden.inputs().get("embeddings"));
    int[] labels =
        Arrays.stream(Golden.numbers(golden.inputs().get("labels")))
            .mapToInt(label -> (int) label)
            .toArray();
    return new Retrieval(
        (i, j) -> {
          double sum = 0;
          for (int k = 0; k < rows[i].length; k++) {
            sum -= (rows[i][k] - rows[j][k]) * (rows[i][k] - rows[j][k]);
          }
          return sum;
        },
        labels);
  }

  @ParameterizedTest
  @MethodSource
  void retrieval(Golden golden) {
    JsonNode expected = golden.expected();
    Retrieval found = of(golden);

    assertThat(found.queries()).isEqualTo(expected.get("queries").asInt());
    assertThat(found.rPrecision()).isCloseTo(expected.get("r_precision").asDouble(), within(1e-12));
    assertThat(found.mapAtR()).isCloseTo(expected.get("map_at_r").asDouble(), within(1e-12));
    for (int k : new int[] {1, 2, 4, 8}) {
      if (expected.has("recall_at_" + k)) {
        assertThat(found.recallAt(k))
            .isCloseTo(expected.get("recall_at_" + k).asDouble(), within(1e-12));
      }
    }
    assertThat(found.recallAt(1))
        .isCloseTo(expected.get("precision_at_1").asDouble(), within(1e-12));
  }

  @Test
  void withoutAPairThereIsNothingToFind() {
    assertThatThrownBy(() -> new Retrieval((i, j) -> 0, new int[] {1, 2, 3}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
