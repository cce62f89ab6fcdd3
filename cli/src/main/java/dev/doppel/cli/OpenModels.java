package dev.doppel.cli;

import dev.doppel.error.OptionException;
import dev.doppel.model.JoinedTwin;
import dev.doppel.model.Twin;
import dev.doppel.model.Views;
import dev.doppel.onnx.OpenModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Models in use that answer as one twin. */
final class OpenModels implements AutoCloseable {

  private final List<OpenModel> models;
  private final Twin twin;

  private OpenModels(List<OpenModel> models, Views views) {
    this.models = models;
    this.twin = JoinedTwin.of(models.stream().map(OpenModel::twin).toList(), views);
  }

  /**
   * Opens one or several, each with as many threads as there are processors.
   *
   * @param given files or names of shipped models, separated by commas
   * @throws OptionException if a name is empty
   * @throws dev.doppel.error.ModelException if one is neither, or they cannot be joined
   */
  static OpenModels open(String given, Views views) {
    int threads = Runtime.getRuntime().availableProcessors();
    List<String> names =
        Files.exists(Path.of(given)) ? List.of(given) : List.of(given.split(",", -1));
    if (names.stream().anyMatch(String::isBlank)) {
      throw new OptionException(
          "The models " + given,
          "Between commas there is a file or the name of a shipped model, and one is empty",
          "Leave out the comma too many");
    }
    List<OpenModel> models = new ArrayList<>();
    try {
      for (String name : names) {
        models.add(ModelOption.open(name.strip(), threads));
      }
      return new OpenModels(models, views);
    } catch (RuntimeException e) {
      models.forEach(OpenModel::close);
      throw e;
    }
  }

  /** The twin that all of them make. */
  Twin twin() {
    return twin;
  }

  @Override
  public void close() {
    models.forEach(OpenModel::close);
  }
}
