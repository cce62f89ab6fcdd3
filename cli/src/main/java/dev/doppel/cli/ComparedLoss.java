package dev.doppel.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.doppel.error.DataException;
import dev.doppel.error.Reason;
import dev.doppel.eval.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a comparison found out about one loss; kept in a file, so that a finished one is not trained
 * again.
 *
 * @param loss its name
 * @param run what determines the figures: settings, data, budget
 * @param images distinct images trained on
 * @param seconds time trained
 * @param memory most bytes resident meanwhile; -1 where unknown
 * @param validation accuracy on the alphabets that recipes are chosen by
 * @param lake of Lake's 400 questions
 * @param koch of Koch's, mean over several draws
 * @param machine what it was made on
 * @param failure why there are no figures; empty if there are
 */
record ComparedLoss(
    String loss,
    Map<String, String> run,
    long images,
    double seconds,
    long memory,
    Figure validation,
    Figure lake,
    Figure koch,
    String machine,
    String failure) {

  /**
   * An accuracy with its 95 % interval.
   *
   * @param accuracy 0 to 1
   */
  record Figure(double accuracy, Interval interval) {

    static final Figure NONE = new Figure(0, new Interval(0, 0));
  }

  /** Whether it could be trained. */
  boolean trained() {
    return failure.isEmpty();
  }

  /** Where the result of a loss is kept. */
  static Path file(Path folder, String loss) {
    return folder.resolve(loss + ".json");
  }

  void write(Path folder) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("loss", loss);
    json.put("failure", failure);
    json.put("images", images);
    json.put("seconds", seconds);
    json.put("memory", memory);
    json.put("validation", json(validation));
    json.put("lake20", json(lake));
    json.put("koch400", json(koch));
    json.put("machine", machine);
    json.put("run", run);
    Path file = file(folder, loss);
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(beside, JsonText.of(json));
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException refused) {
      throw new DataException(
          "The result " + file + " cannot be written (" + Reason.of(refused) + ")",
          "It needs a folder with room and permission to write",
          "Free some space, and run the same line again: finished losses are kept",
          refused);
    }
  }

  private static Map<String, Object> json(Figure figure) {
    return Map.of(
        "accuracy",
        figure.accuracy(),
        "interval",
        List.of(figure.interval().low(), figure.interval().high()));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws DataException if it is something else
   */
  static ComparedLoss read(Path file) {
    try {
      JsonNode json = JsonMapper.builder().build().readTree(Files.readString(file));
      Map<String, String> run = new LinkedHashMap<>();
      json.path("run").properties().forEach(e -> run.put(e.getKey(), e.getValue().asText()));
      return new ComparedLoss(
          json.required("loss").asText(),
          run,
          json.required("images").asLong(),
          json.required("seconds").asDouble(),
          json.required("memory").asLong(),
          figure(json.required("validation")),
          figure(json.required("lake20")),
          figure(json.required("koch400")),
          json.required("machine").asText(),
          json.required("failure").asText());
    } catch (JsonProcessingException | IllegalArgumentException broken) {
      throw new DataException(
          "The result " + file + " cannot be read",
          "It must be as the comparison wrote it",
          "Remove it, and the loss is trained again",
          broken);
    } catch (IOException refused) {
      throw new DataException(
          "The result " + file + " cannot be read (" + Reason.of(refused) + ")",
          "It must be readable",
          "Give yourself permission to, or remove it",
          refused);
    }
  }

  private static Figure figure(JsonNode json) {
    JsonNode interval = json.required("interval");
    return new Figure(
        json.required("accuracy").asDouble(),
        new Interval(interval.required(0).asDouble(), interval.required(1).asDouble()));
  }
}
