package dev.doppel.cli;

import dev.doppel.cli.results.Recipe;
import dev.doppel.error.DataException;
import dev.doppel.error.Reason;
import dev.doppel.option.Settings;
import dev.doppel.torch.Presets;
import dev.doppel.torch.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of models that are in the tables but not shipped.
 *
 * @param folder with a file for each recipe and seed
 */
record TrainedModels(Path folder) {

  /**
   * Those in a folder, which is made if it is not there.
   *
   * @throws DataException if it cannot be made
   */
  static TrainedModels in(Path folder) {
    try {
      Files.createDirectories(folder);
      return new TrainedModels(folder);
    } catch (IOException refused) {
      throw new DataException(
          "The folder " + folder + " cannot be made (" + Reason.of(refused) + ")",
          "Models that are not shipped are trained there",
          "Name one in a place with room and permission to write",
          refused);
    }
  }

  /** A recipe's model of a seed, whether or not it is there. */
  PlannedModel model(Recipe recipe, int seed) {
    TrainingPlan plan = Presets.named(recipe.preset());
    plan = Settings.with(plan, "seed", Integer.toString(seed));
    plan = Settings.with(plan, recipe.settings());
    Recipe.Length length = recipe.length();
    boolean byTime = length.isTime();
    if (!byTime) {
      plan = Settings.with(plan, length.option(), length.value());
    }
    return new PlannedModel(
        plan,
        byTime ? new DurationText().convert(length.value()) : null,
        folder.resolve(recipe.file(seed)));
  }
}
