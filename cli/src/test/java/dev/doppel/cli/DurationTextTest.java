package dev.doppel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.OptionException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({"8m, 480", "90s, 90", "1h30m, 5400", "2H, 7200", "1h1m1s, 3661"})
  void timesAreReadAsPeopleWriteThem(String text, long seconds) {
    assertThat(new DurationText().convert(text)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"8", "", "0s", "-5m", "8 minutes", "m", "30s5m"})
  void otherTextsAreRefused(String text) {
    assertThatThrownBy(() -> new DurationText().convert(text))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("8m, 90s or 1h30m");
  }

  @ParameterizedTest
  @CsvSource({"0, 0:00", "65, 1:05", "3599, 59:59", "3723, 1:02:03"})
  void timesAreShownAsAClockDoes(long seconds, String shown) {
    assertThat(DurationText.clock(Duration.ofSeconds(seconds))).isEqualTo(shown);
  }
}
