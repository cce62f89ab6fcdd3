package dev.doppel.cli;

import dev.doppel.error.DataException;
import dev.doppel.error.Reason;
import dev.doppel.eval.Evaluation;
import dev.doppel.eval.Protocol;
import dev.doppel.eval.Score;
import dev.doppel.model.Calibration;
import dev.doppel.model.Provenance;
import dev.doppel.onnx.ModelFile;
import dev.doppel.onnx.OpenModel;
import dev.doppel.option.Settings;
import dev.doppel.torch.Trained;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of trained weights: calibrated on held-back classes, measured, and written as a
 * model file that tells both.
 *
 * <p>Calibration and figures come from the file as it will be used, through ONNX Runtime.
 *
 * @param evaluations what was measured, in the order of the protocols
 */
record FinishedModel(List<Evaluation> evaluations) {

  /** Stands in until the held-back classes have been seen. */
  private static final Calibration UNFITTED = new Calibration(0, 1, 0);

  FinishedModel {
    evaluations = List.copyOf(evaluations);
  }

  /**
   * Writes the model file.
   *
   * @param out where it goes
   * @param data what it was trained on, and what it is calibrated by
   * @param protocols what to measure
   * @param console shows how far it is
   */
  static FinishedModel write(
      Path out, Trained trained, TrainingData data, List<Protocol> protocols, Console console) {
    Path folder = draftFolder();
    Path draft = folder.resolve(String.valueOf(out.getFileName()));
    try {
      write(draft, trained, data, UNFITTED, List.of());
      Calibration calibration;
      List<Evaluation> evaluations = new ArrayList<>();
      try (OpenModel open = ModelFile.open(draft)) {
        calibration = CalibrationImages.of(open.twin(), data.calibration(), console).fit(console);
        for (Protocol protocol : protocols) {
          evaluations.add(protocol.run(open.twin()));
        }
      }
      write(out, trained, data, calibration, evaluations);
      return new FinishedModel(evaluations);
    } finally {
      delete(draft);
      delete(folder);
    }
  }

  private static void write(
      Path file,
      Trained trained,
      TrainingData data,
      Calibration calibration,
      List<Evaluation> evaluations) {
    Map<String, String> scores = new LinkedHashMap<>();
    for (Evaluation evaluation : evaluations) {
      Score score = evaluation.score();
      scores.put(score.protocol(), JsonText.of(ScoreText.json(score)));
    }
    ModelFile.write(
        file,
        trained.plan().architecture(),
        trained.weights(),
        trained.preprocess(),
        trained.head(),
        calibration,
        new Provenance(
            trained.plan().architecture().name(),
            data.images().name(),
            data.fingerprint(),
            data.images().synthetic(),
            trained.plan().seed(),
            Settings.of(trained.plan()),
            Version.all(),
            scores));
  }

  private static Path draftFolder() {
    try {
      return Files.createTempDirectory("doppel");
    } catch (IOException refused) {
      throw new DataException(
          "No folder can be made for a draft of the model (" + Reason.of(refused) + ")",
          "The system's folder for temporary files needs room and permission to write",
          "Free some space there, or name another by DOPPEL_JAVA_OPTS=-Djava.io.tmpdir=DIR",
          refused);
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException left) {
      // The system clears its temporary files; the model itself is what matters.
    }
  }
}
