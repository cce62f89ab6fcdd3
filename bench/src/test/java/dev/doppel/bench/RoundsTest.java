package dev.doppel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTest {

  private static final Rounds ROUNDS =
      new Rounds(Map.of("plain", new double[] {4, 6, 30, 8}, "quick", new double[] {2, 2, 10, 1}));

  @Test
  void allWaysTakeTurnsAfterATurnThatDoesNotCount() {
    StringBuilder turns = new StringBuilder();
    Map<String, Runnable> ways = new LinkedHashMap<>();
    ways.put("a", () -> turns.append('a'));
    ways.put("b", () -> turns.append('b'));
    Rounds.of(3, ways);
    assertThat(turns).hasToString("ab" + "ab".repeat(3));
  }

  @Test
  void ratiosAreFormedRoundByRound() {
    assertThat(ROUNDS.ratio("quick", "plain")).isEqualTo(new Rounds.Spread(2, 3, 8));
  }

  @Test
  void ratesAreMediansOverTheRounds() {
    assertThat(ROUNDS.rate("quick", 10)).isEqualTo(new Rounds.Spread(1, 5, 10));
    assertThat(ROUNDS.milliseconds("quick", 4)).isEqualTo(new Rounds.Spread(250, 500, 2500));
  }

  @Test
  void aFigureIsWrittenWithItsRange() {
    assertThat(new Rounds.Spread(1, 2.25, 3).times(2).text(1)).isEqualTo("4.5 [2.0–6.0]");
  }
}
