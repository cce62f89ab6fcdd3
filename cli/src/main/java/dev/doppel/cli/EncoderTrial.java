package dev.doppel.cli;

import dev.doppel.data.Dataset;
import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.error.DataException;
import dev.doppel.eval.Koch400;
import dev.doppel.eval.Lake20;
import dev.doppel.eval.Protocol;
import dev.doppel.eval.Score;
import dev.doppel.model.Twin;
import dev.doppel.network.Blueprint;
import dev.doppel.network.ListedEncoder;
import dev.doppel.onnx.ModelFile;
import dev.doppel.onnx.OpenModel;
import dev.doppel.option.Settings;
import dev.doppel.torch.Presets;
import dev.doppel.torch.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One encoder trained by its usual plan on a number of images, then measured out of its model file.
 *
 * <p>Images are counted, not seconds, so that a busy machine changes no accuracy. A run that was
 * stopped goes on from its checkpoint, and a model that is there is not trained again.
 *
 * @param encoder which
 * @param images images it is trained on
 * @param seed of training and of the questions
 * @param folder where its model and checkpoint lie
 */
record EncoderTrial(ListedEncoder encoder, int images, long seed, Path folder) {

  /** A quarter of what the everyday plan has. */
  static final int DEFAULT_IMAGES = 96_000;

  /** Fewer say nothing. */
  static final int FEWEST_IMAGES = 1_000;

  /** Images between two looks at the validation alphabets, about. */
  private static final int LOOK = 9_600;

  /** Drawings of Koch's 400 questions. */
  private static final int DRAWS = 20;

  /**
   * What was found.
   *
   * @param encoder which
   * @param plan how it was trained
   * @param bytes size of its model file
   * @param validation Koch's questions about the validation alphabets
   * @param koch400 the same about the ten alphabets of Lake's runs
   * @param lake20 Lake's runs
   * @param speed of its forward pass
   */
  record Result(
      ListedEncoder encoder,
      TrainingPlan plan,
      long bytes,
      Score validation,
      Score koch400,
      Score lake20,
      EncoderSpeed speed) {

    /** Its members in a JSON document. */
    Map<String, Object> json() {
      Blueprint blueprint = Blueprint.of(encoder.architecture());
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("name", encoder.name());
      json.put("parameters", blueprint.parameters());
      json.put("multiply_adds", blueprint.multiplyAdds());
      json.put("bytes", bytes);
      json.put("milliseconds", speed.milliseconds());
      json.put("images_per_second", speed.imagesPerSecond());
      json.put("validation", ScoreText.json(validation));
      json.put("scores", List.of(ScoreText.json(koch400), ScoreText.json(lake20)));
      return json;
    }
  }

  /** The encoder's usual plan, ended by images. */
  TrainingPlan plan() {
    TrainingPlan plan = Presets.ofEncoder(encoder.name());
    plan = Settings.with(plan, "seed", Long.toString(seed));
    int looks = Math.max(1, images / LOOK);
    plan = Settings.with(plan, "imagesPerEpoch", Integer.toString(images / looks));
    return Settings.with(plan, "epochs", Integer.toString(looks));
  }

  /** Trains and measures; null if it was stopped. */
  @Nullable Result run(Omniglot omniglot, Console console) {
    TrainingPlan plan = plan();
    Path model = folder.resolve(encoder.name() + ".onnx");
    PlannedModel planned = new PlannedModel(plan, null, model);
    if (!planned.make(TrainingData.of(omniglot, plan), List.of(), console)) {
      return null;
    }
    console.say("Measuring " + encoder.name());
    Score validation;
    Score koch;
    Score lake;
    try (OpenModel open = ModelFile.open(model, Runtime.getRuntime().availableProcessors())) {
      Twin twin = open.twin();
      validation = koch400(omniglot.validationAlphabets()).run(twin).score();
      koch = koch400(omniglot.testAlphabets()).run(twin).score();
      lake = Lake20.of(omniglot).run(twin).score();
    }
    return new Result(encoder, plan, size(model), validation, koch, lake, EncoderSpeed.of(model));
  }

  private Protocol koch400(Dataset alphabets) {
    return Koch400.standard(alphabets, DRAWS, seed);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException gone) {
      throw new DataException(
          file + " cannot be looked at (" + gone + ")", "It was just written", "Try again", gone);
    }
  }
}
