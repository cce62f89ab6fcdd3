package dev.doppel.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.server.error.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

  @Test
  void namesAndValuesAreDecoded() {
    assertThat(Query.parse("a=1&b=%E2%82%AC+x%2By&c&d="))
        .containsEntry("b", "\u20AC x+y")
        .containsEntry("a", "1")
        .containsEntry("c", "")
        .containsEntry("d", "")
        .hasSize(4);
    assertThat(Query.parse(null)).isEmpty();
    assertThat(Query.decode("a+b", false)).isEqualTo("a+b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%1", "a=%zz", "a=%ff", "a=%C0%80", "a=1&a=2", "a=\u00E4"})
  void whatIsMalformedIsRefused(String query) {
    assertThatThrownBy(() -> Query.parse(query)).isInstanceOf(Refusal.class);
  }

  @Test
  void tooManyPartsAreRefused() {
    StringBuilder query = new StringBuilder("a0");
    for (int i = 1; i < 65; i++) {
      query.append("&a").append(i);
    }
    assertThatThrownBy(() -> Query.parse(query.toString())).isInstanceOf(Refusal.class);
  }
}
