package dev.doppel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.random.Seed;
import org.junit.jupiter.api.Test;

class PropertyTest {

  @Test
  void aFailureNamesItsSeed() {
    assertThatThrownBy(() -> Property.holds(10, seed -> assertThat(seed).isNotEqualTo(Seed.of(4))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("-Ddoppel.seed=4");
  }
}
