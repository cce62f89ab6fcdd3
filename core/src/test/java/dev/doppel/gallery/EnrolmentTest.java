package dev.doppel.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.OptionException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnrolmentTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        " a",
        "a ",
        "a\u3000",
        "\u202Egnp.exe",
        "a\u2066b",
        "a\u200Fb",
        "\u061Ca",
        "a\u2028b",
        "a\u200Bb",
        "a\uFEFFb",
        "so\u00ADft",
        "bad\uFFFD"
      })
  void labelsThatLookLikeOthersAreRefusedButStayReadable(String label) {
    assertThatThrownBy(() -> Enrolment.of(label, new float[1], Map.of()))
        .isInstanceOf(OptionException.class)
        .hasMessageStartingWith("Label \"")
        .hasMessageContaining("eave")
        .hasMessageNotContaining("\u202E")
        .hasMessageNotContaining("\u2066");
    assertThatCode(() -> Enrolment.checkKeptLabel(label)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "\u0915\u094D\u200D\u0937",
        "\uD83D\uDC69\u200D\uD83D\uDE80",
        "\u05D0\u05D1"
      })
  void labelsOfAllScriptsAreTaken(String label) {
    assertThatCode(() -> Enrolment.checkLabel(label)).doesNotThrowAnyException();
  }

  @Test
  void accentsAreComposedSoThatWhatLooksTheSameIs() {
    assertThat(Enrolment.of("caf" + "e\u0301", new float[1], Map.of()).label())
        .isEqualTo("caf\u00E9");
    assertThatThrownBy(() -> Enrolment.checkLabel("e\u0301"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("NFC");
  }

  @Test
  void aCharacterThatTurnsTheWritingIsNamed() {
    assertThatThrownBy(() -> Enrolment.checkLabel("a\u202Eb"))
        .hasMessageContaining("U+202E")
        .hasMessageContaining("\"a?b\"");
  }
}
