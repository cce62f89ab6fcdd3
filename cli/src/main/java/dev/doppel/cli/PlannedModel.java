package dev.doppel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.doppel.cli.results.Course;
import dev.doppel.error.DataException;
import dev.doppel.error.Reason;
import dev.doppel.eval.Protocol;
import dev.doppel.model.Provenance;
import dev.doppel.onnx.ModelFile;
import dev.doppel.onnx.OpenModel;
import dev.doppel.option.Settings;
import dev.doppel.torch.Trained;
import dev.doppel.torch.Trainer;
import dev.doppel.torch.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model file that a table of several needs: trained if it is not there, gone on with if its run
 * was stopped, left alone if it was made by this very plan. How training went is written beside it.
 *
 * @param plan how it is trained
 * @param budget time to train; null to take the plan's epochs
 * @param file where it lies; its checkpoint lies beside it
 */
record PlannedModel(TrainingPlan plan, @Nullable Duration budget, Path file) {

  /**
   * Sees to it that the file is there.
   *
   * @param measured by what, to be told in the file
   * @return whether it is; false if training was stopped
   * @throws DataException if the file is of another plan or of other data
   */
  boolean make(TrainingData data, List<Protocol> measured, Console console) {
    if (made(data)) {
      return true;
    }
    console.say("Training " + name());
    Trained trained = train(data, console);
    if (!trained.complete()) {
      return false;
    }
    write(CourseText.json(trained.history())); // first: a model that is there is not made again
    FinishedModel.write(file, trained, data, measured, console);
    clear();
    return true;
  }

  /** How its training went; empty if nobody wrote that down. */
  Optional<Course> course() {
    return written().map(PlannedModel::course);
  }

  private static Course course(JsonNode json) {
    List<Course.Look> looks = new ArrayList<>();
    json.path("course")
        .forEach(
            look ->
                looks.add(
                    new Course.Look(
                        look.path("images").asLong(), look.path("validation").asDouble())));
    return new Course(looks);
  }

  /** Seconds its training took; 0 if nobody wrote that down. */
  double seconds() {
    return written().map(each -> each.path("seconds").asDouble(0)).orElse(0.0);
  }

  private Optional<JsonNode> written() {
    try {
      return Files.exists(courseFile())
          ? Optional.of(new JsonMapper().readTree(courseFile().toFile()))
          : Optional.empty();
    } catch (IOException broken) {
      throw new DataException(
          courseFile() + " cannot be read (" + Reason.of(broken) + ")",
          "It tells how " + file + " was trained",
          "Remove it to do without",
          broken);
    }
  }

  private Path courseFile() {
    return file.resolveSibling(name() + ".json");
  }

  private void write(Map<String, Object> course) {
    try {
      Files.writeString(courseFile(), JsonText.of(course) + "\n");
    } catch (IOException refused) {
      throw new DataException(
          courseFile() + " cannot be written (" + Reason.of(refused) + ")",
          "It tells how " + file + " was trained",
          "Make room, and say the same again: the run goes on from its checkpoint",
          refused);
    }
  }

  private String name() {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.length() - ".onnx".length());
  }

  private Trained train(TrainingData data, Console console) {
    TrainingProgress progress = new TrainingProgress(console);
    Trainer trainer =
        new Trainer(
            plan,
            data.images(),
            data.fingerprint(),
            matcher -> data.looks().run(matcher).score().accuracy(),
            budget,
            checkpoint(),
            progress);
    try (Interruption interruption = new Interruption(trainer::stop)) {
      return Files.exists(checkpoint()) ? trainer.resume() : trainer.start();
    } finally {
      progress.close();
    }
  }

  private Path checkpoint() {
    return file.resolveSibling(name() + ".checkpoint");
  }

  private boolean made(TrainingData data) {
    if (!Files.exists(file)) {
      return false;
    }
    try (OpenModel open = ModelFile.open(file)) {
      Provenance provenance = open.twin().provenance();
      if (provenance.options().equals(Settings.of(plan))
          && provenance.dataFingerprint().equals(data.fingerprint())) {
        return true;
      }
      throw new DataException(
          file + " was trained by another plan or on other data",
          "A table compares models that were made as it says",
          "Remove it, or name another folder");
    }
  }

  private void clear() {
    try (Stream<Path> files = Files.list(checkpoint())) {
      for (Path each : files.toList()) {
        Files.delete(each);
      }
      Files.delete(checkpoint());
    } catch (IOException refused) {
      throw new DataException(
          "The finished run's checkpoint cannot be removed (" + Reason.of(refused) + ")",
          "A checkpoint that stays would be taken for an unfinished run",
          "Remove " + checkpoint() + " by hand",
          refused);
    }
  }
}
