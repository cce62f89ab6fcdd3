package dev.doppel.torch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.doppel.error.ModelException;
import dev.doppel.error.Reason;
import dev.doppel.error.TrainingException;
import dev.doppel.option.Settings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything a run needs to continue with all bits: weights, their average, the optimiser's state,
 * the best epoch so far, and what the run was asked to be.
 *
 * <p>On disk it is a folder with {@code checkpoint.json} and {@code tensors.safetensors}, written
 * beside the old one and renamed over it, so that there is a whole one at every moment.
 *
 * @param settings the plan's settings by name
 * @param dataFingerprint of the training images
 * @param epoch epochs finished
 * @param step steps finished in the epoch at hand
 * @param steps steps finished since the run began
 * @param images distinct images seen since the run began
 * @param lossSum sum of the losses of the epoch's steps so far
 * @param seconds time trained since the run began
 * @param history the finished epochs
 * @param tensors all numbers, by name
 */
record Checkpoint(
    Map<String, String> settings,
    String dataFingerprint,
    int epoch,
    int step,
    long steps,
    long images,
    double lossSum,
    double seconds,
    History history,
    Map<String, float[]> tensors) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** 2: other ligatures, and a softmax whose last bits are others. */
  private static final int FORMAT = 2;

  private static final String DESCRIPTION = "checkpoint.json";
  private static final String TENSORS = "tensors.safetensors";

  /**
   * Writes it, replacing the one before.
   *
   * @throws TrainingException if the disk refuses; the one before is then untouched
   */
  void write(Path folder) {
    Path beside = folder.resolveSibling(folder.getFileName() + ".part");
    Path old = folder.resolveSibling(folder.getFileName() + ".old");
    try {
      delete(beside);
      Files.createDirectories(beside);
      String sha256 = Safetensors.write(beside.resolve(TENSORS), tensors);
      describe(sha256, beside.resolve(DESCRIPTION));
      delete(old);
      if (Files.exists(folder)) {
        Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
      delete(old);
    } catch (IOException refused) {
      try {
        delete(beside);
      } catch (IOException alsoRefused) {
        refused.addSuppressed(alsoRefused);
      }
      throw new TrainingException(
          "Cannot write the checkpoint " + folder + " (" + Reason.of(refused) + ")",
          "It needs a writable folder with room for it",
          "Free some space or choose another with --checkpoint",
          refused);
    }
  }

  /** Whether there is one to resume from, the last one's predecessor included. */
  static boolean exists(Path folder) {
    return Files.exists(folder)
        || Files.exists(folder.resolveSibling(folder.getFileName() + ".old"));
  }

  /**
   * Reads it.
   *
   * @throws ModelException if there is none, or it is damaged
   */
  static Checkpoint read(Path folder) {
    Path old = folder.resolveSibling(folder.getFileName() + ".old");
    Path found = !Files.exists(folder) && Files.exists(old) ? old : folder; // died between renames
    Path description = found.resolve(DESCRIPTION);
    if (!Files.isRegularFile(description)) {
      throw new ModelException(
          "No checkpoint in " + folder + " (looked for " + DESCRIPTION + ")",
          "Expected a folder that training has written",
          "Name the right one with --checkpoint, or train without --resume");
    }
    try {
      JsonNode json = JSON.readTree(description.toFile());
      if (json.path("format").asInt() != FORMAT) {
        throw damaged(folder, "format " + json.path("format") + " instead of " + FORMAT, null);
      }
      Map<String, String> settings = new LinkedHashMap<>();
      json.path("settings")
          .properties()
          .forEach(e -> settings.put(e.getKey(), e.getValue().asText()));
      List<History.Epoch> epochs = new ArrayList<>();
      for (JsonNode e : json.path("history")) {
        epochs.add(
            new History.Epoch(
                e.path("epoch").asInt(),
                e.path("images").asLong(),
                e.path("loss").asDouble(),
                e.path("validation").asDouble(),
                e.path("seconds").asDouble()));
      }
      return new Checkpoint(
          settings,
          json.path("dataFingerprint").asText(),
          json.path("epoch").asInt(),
          json.path("step").asInt(),
          json.path("steps").asLong(),
          json.path("images").asLong(),
          json.path("lossSum").asDouble(),
          json.path("seconds").asDouble(),
          new History(epochs),
          Safetensors.read(found.resolve(TENSORS), json.path("tensors").asText()));
    } catch (JsonProcessingException broken) {
      throw damaged(folder, DESCRIPTION + " is no whole JSON", broken);
    } catch (IOException unreadable) {
      throw damaged(folder, Reason.of(unreadable), unreadable);
    }
  }

  private void describe(String sha256, Path file) throws IOException {
    ObjectNode json = JSON.createObjectNode().put("format", FORMAT).put("tensors", sha256);
    ObjectNode plan = json.putObject("settings");
    settings.forEach(plan::put);
    json.put("dataFingerprint", dataFingerprint)
        .put("epoch", epoch)
        .put("step", step)
        .put("steps", steps)
        .put("images", images)
        .put("lossSum", lossSum)
        .put("seconds", seconds);
    for (History.Epoch each : history.epochs()) {
      json.withArray("history")
          .addObject()
          .put("epoch", each.epoch())
          .put("images", each.images())
          .put("loss", each.loss())
          .put("validation", each.validation())
          .put("seconds", each.seconds());
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(json));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** The plan this run was asked to be, rebuilt from its preset and settings. */
  TrainingPlan plan() {
    TrainingPlan plan = Presets.named(settings.getOrDefault("preset", ""));
    String loss = settings.get("objective.loss");
    if (loss != null) {
      plan = LossChoice.of(loss).withMiner(settings.get("objective.miner")).on(plan);
    }
    return Settings.with(plan, settings);
  }

  /** The tensors whose names begin with a prefix, without it. */
  Map<String, float[]> tensors(String prefix) {
    Map<String, float[]> found = new LinkedHashMap<>();
    tensors.forEach(
        (name, values) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), values);
          }
        });
    return found;
  }

  private static ModelException damaged(
      Path folder, String what, @org.jspecify.annotations.Nullable Exception cause) {
    String given = "The checkpoint " + folder + " cannot be read: " + what;
    String allowed = "Expected a whole checkpoint as Doppel writes it";
    String next = "Restore it from a copy, or train again without --resume";
    return cause == null
        ? new ModelException(given, allowed, next)
        : new ModelException(given, allowed, next, cause);
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
