package dev.doppel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doppel.cli.report.Png;
import dev.doppel.image.Bitmap;
import dev.doppel.image.Preprocess;
import dev.doppel.model.Calibration;
import dev.doppel.model.Head;
import dev.doppel.model.Provenance;
import dev.doppel.network.Blueprint;
import dev.doppel.network.FullyConnectedNet;
import dev.doppel.network.Shape;
import dev.doppel.network.Weights;
import dev.doppel.onnx.ModelFile;
import dev.doppel.onnx.OpenModel;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrateCommandTest {

  @TempDir private Path folder = Path.of("");
  private Path model = Path.of("");

  /** Random projections of small pictures, which know characters apart better than nothing. */
  @BeforeEach
  void writeAModel() {
    model = folder.resolve("tiny.onnx");
    FullyConnectedNet net = new FullyConnectedNet(12, 16);
    Draws draws = Seed.of(3).draws();
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Map.Entry<String, Shape> weight : Blueprint.of(net).weights().entrySet()) {
      float[] array = new float[weight.getValue().size()];
      for (int i = 0; i < array.length; i++) {
        array[i] = (float) draws.gaussian();
      }
      values.put(weight.getKey(), array);
    }
    ModelFile.write(
        model,
        net,
        new Weights(values),
        Preprocess.ink(12),
        new Head.Cosine(),
        new Calibration(0.9, 5, -4),
        new Provenance(net.name(), "nothing", "none", true, 3, Map.of(), Map.of(), Map.of()));
  }

  private static Calibration calibration(Path file) {
    try (OpenModel open = ModelFile.open(file)) {
      return open.twin().calibration();
    }
  }

  @Test
  void theModelFileIsWrittenAnewAndTheFormerOneStays() throws IOException {
    Path out = folder.resolve("calibrated.onnx");
    byte[] before = Files.readAllBytes(model);

    CommandLineRun run =
        CommandLineRun.of(
            "calibrate", model, "--synthetic", "--out", out, "--target", "far=0.05", "--json");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(model).hasBinaryContent(before);
    JsonNode json = run.json();
    assertThat(json.get("command").asText()).isEqualTo("calibrate");
    assertThat(json.get("synthetic").asBoolean()).isTrue();
    assertThat(json.get("classes").asInt()).isGreaterThan(100);
    assertThat(json.get("different_pairs").asInt()).isGreaterThan(1_000_000);
    assertThat(json.get("model").asText()).startsWith("tiny@");
    Calibration written = calibration(out);
    assertThat(written.threshold()).isEqualTo(json.get("threshold").asDouble());
    assertThat(written.falseAccepts(written.threshold(), 1)).isCloseTo(0.05, within(1e-6));
    assertThat(written.source()).contains("synthetic omniglot validation", "far=0.05");
    double before20 = 0;
    for (JsonNode row : json.get("galleries")) {
      assertThat(row.get("true_accepts").asDouble()).isBetween(0.0, 1.0);
      if (row.get("false_accepts").asDouble() == 0.01) {
        assertThat(row.get("threshold").asDouble()).isGreaterThan(before20);
        before20 = row.get("threshold").asDouble();
      }
    }
    assertThat(json.get("galleries")).hasSize(10);
    assertThat(json.at("/thresholds/0/target").asText()).isEqualTo("eer");
    assertThat(json.at("/thresholds/0/false_accepts").asDouble())
        .isCloseTo(1 - json.at("/thresholds/0/true_accepts").asDouble(), within(1e-3));
  }

  @Test
  void inPlaceItIsTheSameModelWithOtherThresholds() {
    CommandLineRun run = CommandLineRun.of("calibrate", model, "--synthetic");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .contains(
            "synthetic omniglot validation alphabets  (SYNTHETIC)", "eer", "labels", "10,000");
    assertThat(run.err()).contains("SYNTHETIC DATA");
    assertThat(calibration(model).threshold()).isNotEqualTo(0.9);

    CommandLineRun asked =
        CommandLineRun.of(
            "evaluate",
            model,
            "--protocol",
            "open-set",
            "--gallery",
            "5,50",
            "--false-accepts",
            "0.05",
            "--draws",
            "4",
            "--synthetic",
            "--json");
    assertThat(asked.exit()).as(asked.err()).isZero();
    JsonNode rows = asked.json().get("rows");
    assertThat(rows).hasSize(2);
    assertThat(rows.get(1).get("labels").asInt()).isEqualTo(50);
    assertThat(rows.get(1).at("/false_accepts/share").asDouble()).isLessThan(0.15);
    assertThat(rows.get(1).get("threshold").asDouble())
        .isGreaterThan(rows.get(0).get("threshold").asDouble());
    assertThat(asked.json().at("/reliability/0/expected_calibration_error").asDouble())
        .isBetween(0.0, 0.4);
  }

  @Test
  void halvesAreCheckedAndNothingIsWritten() throws IOException {
    byte[] before = Files.readAllBytes(model);

    CommandLineRun run = CommandLineRun.of("calibrate", model, "--synthetic", "--check", "--json");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.json().get("halves").asInt()).isEqualTo(10);
    assertThat(run.json().at("/rows/0/false_accepts").asDouble()).isBetween(0.0, 0.05);
    assertThat(model).hasBinaryContent(before);
  }

  /** Fifteen classes of six pictures: a few lines each, drawn with a shaking hand. */
  private Path classFolder() throws IOException {
    Path classes = folder.resolve("classes");
    for (int c = 0; c < 15; c++) {
      Path one = Files.createDirectories(classes.resolve("class" + c));
      for (int i = 0; i < 6; i++) {
        Draws plan = Seed.of(9).at(c).draws();
        Draws hand = Seed.of(9).at(c).at(i).draws();
        Bitmap.Builder sheet = new Bitmap.Builder(24, 24);
        for (int line = 0; line < 3; line++) {
          double x = plan.between(4, 20) + hand.gaussian() / 2;
          double y = plan.between(4, 20) + hand.gaussian() / 2;
          double turn = plan.between(0, Math.PI);
          for (double t = -5; t < 5; t += 0.3) {
            int column = (int) (x + t * Math.cos(turn));
            int row = (int) (y + t * Math.sin(turn));
            if (column >= 0 && column < 24 && row >= 0 && row < 24) {
              sheet.ink(column, row);
            }
          }
        }
        Files.write(one.resolve("picture" + i + ".png"), Png.of(sheet.build()));
      }
    }
    return classes;
  }

  @Test
  void aFolderOfClassFoldersCalibratesToo() throws IOException {
    Path classes = classFolder();

    CommandLineRun run = CommandLineRun.of("calibrate", model, "--data", classes, "--json");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.json().get("classes").asInt()).isEqualTo(15);
    assertThat(run.json().get("different_pairs").asInt()).isEqualTo(90 * 89 / 2 - 15 * 15);
    assertThat(run.json().get("thresholds")).hasSize(3); // nothing of one in a thousand
    assertThat(calibration(model).source()).contains("15 classes, 90 images");

    CommandLineRun strict =
        CommandLineRun.of("calibrate", model, "--data", classes, "--target", "far=0.001");
    assertThat(strict.exit()).isEqualTo(1);
    assertThat(strict.err()).contains("3,780 different pairs of 15 classes", "10,000");

    CommandLineRun asked =
        CommandLineRun.of(
            "evaluate",
            model,
            "--data",
            classes,
            "--protocol",
            "open-set",
            "--gallery",
            "10",
            "--draws",
            "3",
            "--json");
    assertThat(asked.exit()).as(asked.err()).isZero();
    assertThat(asked.json().at("/rows/0/false_accepts/questions").asInt()).isEqualTo(3 * 5 * 2);

    CommandLineRun halves = CommandLineRun.of("calibrate", model, "--data", classes, "--check");
    assertThat(halves.exit()).isEqualTo(1);
    assertThat(halves.err()).contains("15 classes");
  }

  @Test
  void whatThePairsCannotSayIsRefused() throws IOException {
    byte[] before = Files.readAllBytes(model);

    CommandLineRun run =
        CommandLineRun.of("calibrate", model, "--synthetic", "--target", "far=0.00000001");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("different pairs", "needs at least 1,000,000,000");
    assertThat(model).hasBinaryContent(before);
  }

  @Test
  void anUnknownTargetIsRefusedBeforeAnythingIsRead() {
    CommandLineRun run = CommandLineRun.of("calibrate", "no.onnx", "--target", "err");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("Did you mean eer?");
    assertThat(CommandLineRun.of("calibrate", "no.onnx", "--target", "far=2").exit()).isEqualTo(2);
    assertThat(CommandLineRun.of("calibrate", "no.onnx", "--target", "far=x").err())
        .contains("far=0.01");
    assertThat(CommandLineRun.of("calibrate", "no.onnx").exit()).isEqualTo(1);
  }

  @Test
  void aCalibratedModelNeedsAFolderThatIsThereAsATrainedOneDoes() {
    Path out = folder.resolve("no/such.onnx");

    CommandLineRun run = CommandLineRun.of("calibrate", model, "--synthetic", "--out", out);

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("such.onnx", "a folder that exists").doesNotContain("SYNTHETIC");
    assertThat(out.getParent()).doesNotExist();
  }

  @Test
  void aThresholdAboveEveryCosineIsNoScore() {
    TinyWorld world = new TinyWorld(folder, model, folder.resolve("tiny.gallery"));
    Path ring = world.ring("ring.png");
    Path cross = world.cross("cross.png");
    assertThat(world.run("enroll", "ring", ring).exit()).isZero();

    CommandLineRun identified = world.run("identify", ring);
    assertThat(identified.out())
        .contains("No score is enough to be known: among 1 label, more than 1 in 100", "1.0000")
        .doesNotContain("Known from a score");
    JsonNode json = world.run("identify", ring, "--json").json();
    assertThat(json.at("/answers/0/reachable").asBoolean(true)).isFalse();

    CommandLineRun strict =
        CommandLineRun.of("verify", ring, cross, "--model", model, "--false-accepts", "0.001");
    assertThat(strict.out()).contains("no score is enough").doesNotContain("accepted from");
    CommandLineRun usual = CommandLineRun.of("verify", ring, cross, "--model", model);
    assertThat(usual.out()).contains("accepted from 0.9000");

    CommandLineRun open =
        CommandLineRun.of(
            "evaluate", model, "--protocol", "open-set", "--gallery", "5", "--synthetic");
    assertThat(open.out()).contains("no score is enough");
    CommandLineRun calibrated = CommandLineRun.of("calibrate", model, "--synthetic");
    assertThat(calibrated.exit()).as(calibrated.err()).isZero();
    assertThat(calibrated.out())
        .containsPattern("10,000 +0.1 % +no score is enough +0.00 %")
        .containsPattern("accuracy +0\\.\\d{4}");
  }

  @Test
  void theOpenSetProtocolWantsAModelAndItsOwnOptions() {
    CommandLineRun baseline =
        CommandLineRun.of("evaluate", "--matcher", "pixel-cosine", "--protocol", "open-set");
    assertThat(baseline.exit()).isEqualTo(2);
    assertThat(baseline.err()).contains("calibration");

    CommandLineRun ways =
        CommandLineRun.of(
            "evaluate", model, "--protocol", "open-set", "--ways", "5", "--synthetic");
    assertThat(ways.exit()).isEqualTo(2);
    assertThat(ways.err()).contains("setting of open-set");

    CommandLineRun gallery =
        CommandLineRun.of(
            "evaluate", model, "--protocol", "koch400", "--gallery", "5", "--synthetic");
    assertThat(gallery.exit()).isEqualTo(2);
    assertThat(gallery.err()).contains("setting of koch400");

    CommandLineRun list =
        CommandLineRun.of(
            "evaluate", model, "--protocol", "open-set", "--gallery", "5,x", "--synthetic");
    assertThat(list.exit()).isEqualTo(2);
    assertThat(list.err()).contains("separated by commas");
  }
}
