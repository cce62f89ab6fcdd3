package dev.doppel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/**
 * One case of a file of golden values: inputs with what they should give.
 *
 * @param name unique within its file
 * @param options what is computed
 * @param inputs what goes in
 * @param expected what should come out
 */
public record Golden(String name, JsonNode options, JsonNode inputs, JsonNode expected) {

  /** All cases of {@code src/test/resources/golden/file}. */
  public static List<Golden> cases(String file) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + file)) {
      JsonNode cases = new ObjectMapper().readTree(Objects.requireNonNull(in, file));
      return StreamSupport.stream(cases.spliterator(), false)
          .map(
              each ->
                  new Golden(
                      each.get("name").asText(),
                      each.get("options"),
                      each.get("inputs"),
                      each.get("expected")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }

  /** All cases of a file whose option {@code key} is {@code value}. */
  public static List<Golden> cases(String file, String key, String value) {
    return cases(file).stream()
        .filter(each -> each.options().path(key).asText().equals(value))
        .toList();
  }

  /** A list of numbers. */
  public static double[] numbers(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  /** A list of rows of numbers. */
  public static double[][] matrix(JsonNode rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(Golden::numbers)
        .toArray(double[][]::new);
  }

  /** Parameterised tests show this. */
  @Override
  public String toString() {
    return name;
  }
}
