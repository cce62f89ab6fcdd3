package dev.doppel.cli;

import dev.doppel.image.Image;
import dev.doppel.image.ImageFile;
import dev.doppel.model.Calibration;
import dev.doppel.model.Twin;
import dev.doppel.onnx.OpenModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code doppel verify}: do two images show the same thing? */
@Command(name = "verify", sortOptions = false)
final class VerifyCommand implements Callable<Integer> {

  private final Doppel doppel;

  @Parameters(index = "0", paramLabel = "A", description = "One image.")
  private Path first = Path.of("");

  @Parameters(index = "1", paramLabel = "B", description = "Another image.")
  private Path second = Path.of("");

  @Mixin private ModelOption model = new ModelOption();

  VerifyCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() {
    Image a = ImageFile.read(first);
    Image b = ImageFile.read(second);
    try (OpenModel open = model.open()) {
      Twin twin = open.twin();
      double score = twin.over(List.of(a, b)).score(0, 1);
      tell(twin, score);
    }
    return ExitCode.DONE;
  }

  private void tell(Twin twin, double score) {
    Calibration calibration = twin.calibration();
    boolean same = calibration.accepts(score);
    double probability = calibration.probability(score);
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "verify");
      document.put("same", same);
      document.put("calibrated", calibration.fitted());
      document.put("probability", probability);
      document.put("score", score);
      document.put("threshold", calibration.threshold());
      document.put("model", twin.name());
      document.put("synthetic", twin.provenance().synthetic());
      doppel.console().json(document);
      return;
    }
    Table table = new Table(Table.Align.LEFT, Table.Align.LEFT);
    if (!calibration.fitted()) {
      table
          .row("verdict", "none, the model is not calibrated: see doppel calibrate")
          .row("score", String.format(Locale.ROOT, "%.4f, higher is closer", score))
          .row("model", twin.name());
      table.lines().forEach(doppel.console()::print);
      return;
    }
    table
        .row("verdict", same ? "the same" : "different")
        .row("probability of the same", String.format(Locale.ROOT, "%.1f %%", 100 * probability))
        .row(
            "score",
            String.format(Locale.ROOT, "%.4f, accepted from %.4f", score, calibration.threshold()))
        .row("model", twin.name() + (twin.provenance().synthetic() ? "  (SYNTHETIC)" : ""));
    table.lines().forEach(doppel.console()::print);
  }
}
