package dev.doppel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doppel.Golden;
import dev.doppel.ToyAlphabets;
import dev.doppel.data.Sample;
import dev.doppel.episode.Pair;
import dev.doppel.episode.Relation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class McNemarTest {

  static List<Golden> exact() {
    return Golden.cases("metrics.json", "metric", "mcnemar-exact");
  }

  /** Outcomes that are right where the list says so. */
  private static List<Outcome> outcomes(JsonNode right) {
    List<Sample> two = ToyAlphabets.of(2, 1).samples().toList();
    Pair pair = new Pair(two.get(0), two.get(1), Relation.SAME);
    List<Outcome> outcomes = new ArrayList<>();
    right.forEach(each -> outcomes.add(new Outcome.OfPair(pair, each.asBoolean() ? 1 : -1, 0)));
    return outcomes;
  }

  @ParameterizedTest
  @MethodSource
  void exact(Golden golden) {
    JsonNode in = golden.inputs();
    McNemar test =
        in.has("first_right")
            ? McNemar.of(outcomes(in.get("first_right")), outcomes(in.get("second_right")))
            : new McNemar(in.get("only_first_right").asInt(), in.get("only_second_right").asInt());

    assertThat(test.pValue()).isCloseTo(golden.expected().get("value").asDouble(), within(1e-12));
    if (golden.expected().has("only_first_right")) {
      assertThat(test.onlyFirstRight())
          .isEqualTo(golden.expected().get("only_first_right").asInt());
      assertThat(test.onlySecondRight())
          .isEqualTo(golden.expected().get("only_second_right").asInt());
    }
  }

  @Test
  void listsOfUnequalLengthAreNotOneListOfQuestions() {
    JsonNode one =
        exact().stream()
            .filter(g -> g.inputs().has("first_right"))
            .findFirst()
            .orElseThrow()
            .inputs()
            .get("first_right");

    assertThatThrownBy(() -> McNemar.of(outcomes(one), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
