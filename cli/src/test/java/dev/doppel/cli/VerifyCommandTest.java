package dev.doppel.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

class VerifyCommandTest {

  @TempDir private Path folder = Path.of("");
  private Path model = Path.of("");
  private Path ring = Path.of("");
  private Path cross = Path.of("");

  @BeforeEach
  void drawTwoPicturesAndAModelThatTellsThemApart() throws IOException {
    model = writeModel("tiny.onnx", new Calibration(-0.01, 5, 0.05));
    Bitmap.Builder circle = new Bitmap.Builder(24, 24);
    Bitmap.Builder lines = new Bitmap.Builder(24, 24);
    for (int i = 0; i < 24; i++) {
      circle.ink(
          (int) (12 + 9 * Math.cos(i * Math.PI / 12)), (int) (12 + 9 * Math.sin(i * Math.PI / 12)));
      lines.ink(i, i);
      lines.ink(23 - i, i);
    }
    ring = Files.write(folder.resolve("ring.png"), Png.of(circle.build()));
    cross = Files.write(folder.resolve("cross.png"), Png.of(lines.build()));
  }

  private Path writeModel(String name, Calibration calibration) {
    Path file = folder.resolve(name);
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
        file,
        net,
        new Weights(values),
        Preprocess.ink(12),
        new Head.Euclidean(),
        calibration,
        new Provenance(net.name(), "nothing", "none", false, 3, Map.of(), Map.of(), Map.of()));
    return file;
  }

  @Test
  void anImageIsTheSameAsItself() {
    CommandLineRun run = CommandLineRun.of("verify", ring, ring, "--model", model, "--json");

    JsonNode json = run.json();
    assertThat(run.exit()).isZero();
    assertThat(json.get("same").asBoolean()).isTrue();
    assertThat(json.get("score").asDouble()).isZero();
    assertThat(json.get("probability").asDouble()).isBetween(0.5, 1.0);
    assertThat(json.get("threshold").asDouble()).isEqualTo(-0.01);
    assertThat(json.get("model").asText()).startsWith("tiny@");
  }

  @Test
  void twoShapesAreDifferent() {
    CommandLineRun run = CommandLineRun.of("verify", ring, cross, "--model", model);

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("different", "probability of the same", "tiny@");
  }

  @Test
  void theThresholdSaysWhatItStandsForAndCanBeStricter() {
    assertThat(CommandLineRun.of("verify", ring, cross, "--model", model).out())
        .containsPattern(
            "\\d in 100 pairs of different things reach that; stricter: --false-accepts 0");

    JsonNode usual = CommandLineRun.of("verify", ring, ring, "--model", model, "--json").json();
    JsonNode strict =
        CommandLineRun.of(
                "verify", ring, ring, "--model", model, "--false-accepts", "1e-9", "--json")
            .json();
    assertThat(strict.get("threshold").asDouble()).isGreaterThan(usual.get("threshold").asDouble());
    assertThat(strict.get("falseAccepts").asDouble()).isLessThanOrEqualTo(1.01e-9);
    assertThat(CommandLineRun.of("verify", ring, ring, "--false-accepts", "2").exit()).isEqualTo(2);
  }

  @Test
  void aModelThatWasNeverCalibratedGivesAScoreAndNoVerdict() {
    Path raw = writeModel("raw.onnx", Calibration.NONE);

    CommandLineRun run = CommandLineRun.of("verify", ring, cross, "--model", raw);
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("not calibrated", "score").doesNotContain("different", "%");
    JsonNode json = CommandLineRun.of("verify", ring, ring, "--model", raw, "--json").json();
    assertThat(json.get("calibrated").asBoolean()).isFalse();
  }

  @Test
  void anEmptyPictureIsAnError() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.png"));

    CommandLineRun run = CommandLineRun.of("verify", ring, empty, "--model", model);

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("empty.png").hasLineCount(1);
  }

  @Test
  void aModelThatWasCutOffIsAnError() throws IOException {
    byte[] whole = Files.readAllBytes(model);
    Files.write(model, java.util.Arrays.copyOf(whole, whole.length / 2));

    CommandLineRun run = CommandLineRun.of("verify", ring, cross, "--model", model);

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("tiny.onnx");
  }
}
