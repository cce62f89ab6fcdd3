package dev.doppel.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

  private static final List<String> KNOWN = List.of("lake20", "koch400", "verification");

  @Test
  void aSlipOfTheFingerFindsTheName() {
    assertThat(Nearest.to("koch40", KNOWN)).contains("koch400");
    assertThat(Nearest.to("LAKE20", KNOWN)).contains("lake20");
    assertThat(Nearest.to("verfication", KNOWN)).contains("verification");
  }

  @Test
  void nothingAlikeSuggestsNothing() {
    assertThat(Nearest.to("zzzzzzzz", KNOWN)).isEmpty();
    assertThat(Nearest.to("x", List.of())).isEmpty();
  }

  @Test
  void swappedNeighboursAreOneEdit() {
    assertThat(Nearest.edits("kohc", "koch")).isEqualTo(1);
    assertThat(Nearest.edits("", "koch")).isEqualTo(4);
    assertThat(Nearest.edits("koch", "koch")).isZero();
  }

  @Test
  void theErrorNamesAllAndTheNearest() {
    assertThat(OptionException.unknown("protocol", "lake2", KNOWN))
        .hasMessage(
            "There is no protocol \"lake2\". Known are lake20, koch400, verification."
                + " Did you mean lake20?");
  }
}
