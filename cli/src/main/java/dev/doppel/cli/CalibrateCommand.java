package dev.doppel.cli;

import dev.doppel.data.Dataset;
import dev.doppel.error.OptionException;
import dev.doppel.eval.PairScores;
import dev.doppel.image.Preprocess;
import dev.doppel.model.Calibration;
import dev.doppel.model.Twin;
import dev.doppel.onnx.ModelFile;
import dev.doppel.onnx.OpenModel;
import dev.doppel.onnx.ShippedModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code doppel calibrate}: what do a model's scores mean, and where do its thresholds lie? */
@Command(
    name = "calibrate",
    sortOptions = false,
    footer = {
      "",
      "Of Omniglot the validation alphabets are taken. Images must be of things that the model did",
      "not learn from. The model file is written anew: same weights, same fingerprint, other",
      "thresholds and probabilities. A model of another program keeps them in its description.",
      "",
      "Examples:",
      "  doppel calibrate model.onnx",
      "  doppel calibrate model.onnx --target far=0.01 --out strict.onnx",
      "  doppel calibrate face.onnx --data my-images",
      "  doppel calibrate model.onnx --check"
    })
final class CalibrateCommand implements Callable<Integer> {

  private final Doppel doppel;

  @Parameters(
      paramLabel = "MODEL",
      description = {
        "The model file, such as model.onnx, or the name of a shipped model,",
        "which needs --out or --check."
      })
  private String model = "";

  @Mixin private DataOptions data = new DataOptions();

  @Option(
      names = "--target",
      paramLabel = "TARGET",
      defaultValue = "accuracy",
      description = {
        "Where two images count as the same (default ${DEFAULT-VALUE}):",
        "accuracy   where that is right most often",
        "eer        where as many different pairs are accepted as same ones rejected",
        "far=0.01   where that share of different pairs is accepted"
      })
  private String target = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the calibrated model here, not over the model file.")
  private @Nullable Path out;

  @Option(
      names = "--check",
      description = "Write nothing; calibrate on half of the alphabets and ask about the others.")
  private boolean check;

  CalibrateCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() {
    CalibrationTarget chosen = CalibrationTarget.of(target);
    Console console = doppel.console();
    boolean shipped = ModelOption.isShipped(model);
    if (shipped && out == null && !check) {
      throw new OptionException(
          "%s, the model that comes with Doppel, to be calibrated in its place".formatted(model),
          "What is shipped is never written over",
          "Write a calibrated copy with --out %s.onnx, or only look with --check".formatted(model));
    }
    if (out != null && !check) {
      ModelPlace.check("The calibrated model", out);
    }
    try (OpenModel open = ModelOption.open(model, Runtime.getRuntime().availableProcessors())) {
      Dataset images = images(open.twin());
      if (check) {
        HalvesCheck halves = HalvesCheck.of(open.twin(), images, console);
        tell(halves.json(), halves.lines());
        return ExitCode.DONE;
      }
      CalibrationImages seen = CalibrationImages.of(open.twin(), images, console);
      PairScores pairs = seen.pairs(console);
      Calibration fitted = Calibration.fit(pairs, seen.source(chosen));
      Calibration calibration = fitted.withThreshold(chosen.threshold(pairs, fitted));
      Path written = out == null ? Path.of(model) : out;
      if (shipped) {
        ShippedModel.recalibrate(model, written, calibration);
      } else {
        ModelFile.recalibrate(Path.of(model), written, calibration);
      }
      CalibrationText text =
          new CalibrationText(
              open.twin().name(), open.twin().head(), seen, pairs, calibration, written);
      tell(text.json(), text.lines());
    }
    return ExitCode.DONE;
  }

  private Dataset images(Twin twin) {
    Preprocess planes = twin.encoder().preprocess();
    Path folder = data.classFolder();
    return folder == null
        ? data.readForProtocols(doppel.console()).validationAlphabets()
        : OwnImages.read(
            folder, Math.max(planes.width(), planes.height()), twin.provenance(), doppel.console());
  }

  private void tell(Map<String, Object> members, Iterable<String> lines) {
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "calibrate");
      document.putAll(members);
      doppel.console().json(document);
    } else {
      lines.forEach(doppel.console()::print);
    }
  }
}
