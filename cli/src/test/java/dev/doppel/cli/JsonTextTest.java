package dev.doppel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTextTest {

  @Test
  void anotherReaderSeesTheSameValues() throws Exception {
    Map<String, @Nullable Object> value = new LinkedHashMap<>();
    value.put("text", "quote \" backslash \\ newline \n ü");
    value.put("number", 0.1);
    value.put("whole", 1L << 60);
    value.put("truth", true);
    value.put("nothing", null);
    value.put("infinite", Double.POSITIVE_INFINITY);
    value.put("list", List.of(1, List.of(), Map.of()));

    JsonNode read = new ObjectMapper().readTree(JsonText.of(value));

    assertThat(read.get("text").asText()).isEqualTo("quote \" backslash \\ newline \n ü");
    assertThat(read.get("number").asDouble()).isEqualTo(0.1);
    assertThat(read.get("whole").asLong()).isEqualTo(1L << 60);
    assertThat(read.get("truth").asBoolean()).isTrue();
    assertThat(read.get("nothing").isNull()).isTrue();
    assertThat(read.get("infinite").isNull()).isTrue();
    assertThat(read.get("list")).hasSize(3);
  }
}
