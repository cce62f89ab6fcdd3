package dev.doppel.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.OptionException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

  enum Colour {
    RED,
    GREEN
  }

  record Inner(double rate, List<Integer> sizes) {
    Inner {
      sizes = List.copyOf(sizes);
      OptionException.require(rate > 0, "inner.rate", rate, "above 0");
    }
  }

  record Outer(int count, boolean on, Colour colour, String name, Inner inner) {}

  private static final Outer OPTIONS =
      new Outer(3, true, Colour.RED, "x", new Inner(0.5, List.of(1, 2)));

  @Test
  void everySettingHasItsDottedName() {
    assertThat(Settings.of(OPTIONS))
        .isEqualTo(
            Map.of(
                "count",
                "3",
                "on",
                "true",
                "colour",
                "red",
                "name",
                "x",
                "inner.rate",
                "0.5",
                "inner.sizes",
                "1,2"));
  }

  @Test
  void whatIsPrintedIsReadBack() {
    Outer changed = new Outer(7, false, Colour.GREEN, "y", new Inner(0.1 + 0.2, List.of(5)));
    Outer copy = OPTIONS;
    for (Map.Entry<String, String> setting : Settings.of(changed).entrySet()) {
      copy = Settings.with(copy, setting.getKey(), setting.getValue());
    }
    assertThat(copy).isEqualTo(changed);
  }

  record Range(int low, int high) {
    Range {
      OptionException.require(low < high, "low", low, "below high, which is " + high);
    }
  }

  @Test
  void settingsThatHangTogetherAreChangedAtOnce() {
    Range range = new Range(1, 2);

    assertThat(Settings.with(range, Map.of("low", "5", "high", "9"))).isEqualTo(new Range(5, 9));
    assertThatThrownBy(() -> Settings.with(range, "low", "5")).hasMessageContaining("below high");
    assertThat(Settings.with(OPTIONS, Map.of("count", "4", "inner.rate", "2")))
        .isEqualTo(new Outer(4, true, Colour.RED, "x", new Inner(2, List.of(1, 2))));
  }

  @Test
  void aMisspeltNameIsRefusedWithTheNearest() {
    assertThatThrownBy(() -> Settings.with(OPTIONS, "inner.rat", "1"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("Did you mean inner.rate?");
  }

  @Test
  void aValueOfTheWrongKindIsRefusedWithTheRightOne() {
    assertThatThrownBy(() -> Settings.with(OPTIONS, "count", "many"))
        .hasMessageContaining("a whole number");
    assertThatThrownBy(() -> Settings.with(OPTIONS, "colour", "blue"))
        .hasMessageContaining("red, green");
    assertThatThrownBy(() -> Settings.with(OPTIONS, "on", "yes"))
        .hasMessageContaining("true or false");
  }

  @Test
  void theRecordsOwnRefusalComesThrough() {
    assertThatThrownBy(() -> Settings.with(OPTIONS, "inner.rate", "-1"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("inner.rate is -1.0");
  }
}
