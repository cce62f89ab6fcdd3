package dev.doppel.cli.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.doppel.error.DataException;
import dev.doppel.error.Reason;
import dev.doppel.eval.Interval;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The figures that were measured once, by the ids of their rows, and how the networks learned that
 * are not shipped. They travel with the shipped models, as {@code results.json} beside them.
 *
 * @param machine what they were measured on
 * @param figures by row
 * @param courses of training, by recipe
 */
public record RecordedFigures(
    String machine, Map<String, Figure> figures, Map<String, Course> courses) {

  /** Nothing recorded. */
  public static final RecordedFigures NONE = new RecordedFigures("", Map.of(), Map.of());

  private static final String RESOURCE = "/META-INF/doppel/models/results.json";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public RecordedFigures {
    figures =
        Collections.unmodifiableMap(
            new TreeMap<>(figures)); // so that a change of one is a change of one line
    courses = Collections.unmodifiableMap(new TreeMap<>(courses));
  }

  /** Those that come with the shipped models; none where there are no models. */
  public static RecordedFigures shipped() {
    try (@Nullable InputStream in = RecordedFigures.class.getResourceAsStream(RESOURCE)) {
      return in == null
          ? NONE
          : read("the shipped results.json", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("the jar with the shipped models cannot be read", e);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param name for the message
   * @throws DataException if it is something else
   */
  static RecordedFigures read(String name, String text) {
    try {
      JsonNode json = JSON.readTree(text);
      Map<String, Figure> figures = new LinkedHashMap<>();
      json.required("figures")
          .properties()
          .forEach(each -> figures.put(each.getKey(), figure(each.getValue())));
      Map<String, Course> courses = new LinkedHashMap<>();
      json.path("courses")
          .properties()
          .forEach(each -> courses.put(each.getKey(), course(each.getValue())));
      return new RecordedFigures(json.required("machine").asText(), figures, courses);
    } catch (JsonProcessingException | IllegalArgumentException broken) {
      throw new DataException(
          name + " cannot be read",
          "It holds a machine, and figures by the ids of their rows",
          "Make it again with doppel reproduce --record",
          broken);
    }
  }

  private static Figure figure(JsonNode json) {
    JsonNode interval = json.required("interval");
    return new Figure(
        json.required("accuracy").asDouble(),
        new Interval(interval.required(0).asDouble(), interval.required(1).asDouble()),
        json.required("trials").asInt(),
        json.required("seeds").asText(),
        json.required("seconds").asDouble(),
        json.path("millis").asDouble(0));
  }

  private static Course course(JsonNode json) {
    List<Course.Look> looks = new ArrayList<>();
    json.forEach(
        look -> looks.add(new Course.Look(look.required(0).asLong(), look.required(1).asDouble())));
    return new Course(looks);
  }

  /** The same with what was measured anew. */
  public RecordedFigures with(
      String onMachine, Map<String, Figure> anew, Map<String, Course> coursesAnew) {
    Map<String, Figure> all = new LinkedHashMap<>(figures);
    all.putAll(anew);
    Map<String, Course> allCourses = new LinkedHashMap<>(courses);
    allCourses.putAll(coursesAnew);
    return new RecordedFigures(onMachine, all, allCourses);
  }

  /**
   * Writes the file.
   *
   * @throws DataException if it cannot be written
   */
  public void write(Path file) {
    Map<String, Object> rows = new LinkedHashMap<>();
    figures.forEach((id, figure) -> rows.put(id, json(figure)));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("machine", machine);
    json.put("figures", rows);
    Map<String, Object> trainings = new LinkedHashMap<>();
    courses.forEach((recipe, course) -> trainings.put(recipe, json(course)));
    json.put("courses", trainings);
    try {
      Files.writeString(file, JSON.writeValueAsString(json) + "\n");
    } catch (IOException refused) {
      throw new DataException(
          "The figures cannot be written to " + file + " (" + Reason.of(refused) + ")",
          "It needs a folder that exists, with room and permission to write",
          "Run it from the repository's root, or name another file",
          refused);
    }
  }

  private static Map<String, Object> json(Figure figure) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("accuracy", rounded(figure.accuracy(), 1e6));
    json.put(
        "interval",
        List.of(rounded(figure.interval().low(), 1e6), rounded(figure.interval().high(), 1e6)));
    json.put("trials", figure.trials());
    json.put("seeds", figure.seeds());
    json.put("seconds", rounded(figure.seconds(), 10));
    json.put("millis", rounded(figure.millis(), 1e3));
    return json;
  }

  private static List<List<Number>> json(Course course) {
    return course.looks().stream()
        .map(look -> List.<Number>of(look.images(), rounded(look.validation(), 1e6)))
        .toList();
  }

  private static double rounded(double value, double parts) {
    return Math.round(value * parts) / parts;
  }
}
