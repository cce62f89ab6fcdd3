package dev.doppel.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {

  private static final List<String> KNOWN = List.of("lake20", "koch400", "verification");

  @Test
  void aSlipOfTheFingerFindsTheName() {
    assertThat(NearestName.of("koch40", KNOWN)).isEqualTo("koch400");
    assertThat(NearestName.of("LAKE20", KNOWN)).isEqualTo("lake20");
    assertThat(NearestName.of("verfication", KNOWN)).isEqualTo("verification");
    assertThat(NearestName.of("kohc400", KNOWN)).isEqualTo("koch400");
  }

  @Test
  void nothingAlikeSuggestsNothing() {
    assertThat(NearestName.of("zzzzzzzz", KNOWN)).isNull();
    assertThat(NearestName.of("x", List.of())).isNull();
    assertThat(NearestName.of("-x", List.of(".", "é", "ab"))).isNull();
    assertThat(NearestName.of("--meta", List.of("--help"))).isNull();
  }

  @Test
  void theErrorNamesAllAndTheNearest() {
    assertThat(OptionException.unknown("protocol", "lake2", KNOWN))
        .hasMessage(
            "There is no protocol \"lake2\". Known are lake20, koch400, verification."
                + " Did you mean lake20?");
  }
}
