package dev.doppel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doppel.data.RealData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {

  @TempDir private Path folder = Path.of("");

  @Test
  @Tag("real-data")
  void aBaselineIsMeasuredOnLakesRuns() throws IOException {
    Path data = RealData.omniglot().orElse(null);
    if (data == null) {
      return;
    }
    Path trials = folder.resolve("trials.csv");
    CommandLineRun run =
        CommandLineRun.of(
            "evaluate",
            "--matcher",
            "pixel-cosine",
            "--protocol",
            "lake20",
            "--data",
            data,
            "--trials-file",
            trials,
            "--json");

    assertThat(run.exit()).isZero();
    JsonNode score = run.json().at("/scores/0");
    assertThat(run.json().get("command").asText()).isEqualTo("evaluate");
    assertThat(score.get("protocol").asText()).isEqualTo("lake20");
    assertThat(score.get("accuracy").asDouble()).isEqualTo(0.2175);
    assertThat(score.get("interval").get(0).asDouble()).isCloseTo(0.1799, within(1e-3));
    assertThat(score.get("interval").get(1).asDouble()).isCloseTo(0.2605, within(1e-3));
    assertThat(score.get("trials").asInt()).isEqualTo(400);
    assertThat(score.get("seed").isIntegralNumber()).isTrue();
    assertThat(score.get("model").asText()).isEqualTo("pixel-cosine");
    assertThat(score.get("synthetic").asBoolean()).isFalse();
    assertThat(Files.readAllLines(trials)).hasSize(401);
  }

  @Test
  void figuresOnDrawnCharactersSayThatTheyAre() {
    CommandLineRun run =
        CommandLineRun.of(
            "evaluate",
            "--matcher",
            "pixel-cosine",
            "--protocol",
            "episodes",
            "--ways",
            "5",
            "--shots",
            "2",
            "--trials",
            "50",
            "--seed",
            "7",
            "--synthetic");

    assertThat(run.exit()).isZero();
    assertThat(run.err()).contains("SYNTHETIC DATA");
    assertThat(run.out())
        .contains("episodes 5-way 2-shot within", "(SYNTHETIC)", "50, seed 7", "95 % interval");
  }

  @Test
  void oneThingIsMeasured() {
    assertThat(CommandLineRun.of("evaluate", "--protocol", "lake20").err())
        .startsWith("doppel: Neither a model nor a matcher.");
    CommandLineRun both =
        CommandLineRun.of(
            "evaluate", "model.onnx", "--matcher", "pixel-cosine", "--protocol", "lake20");
    assertThat(both.err()).startsWith("doppel: Both a model and a matcher.");
    assertThat(both.exit()).isEqualTo(2);
  }

  @Test
  void anOptionThatMeansNothingToTheProtocolIsRefused() {
    CommandLineRun run =
        CommandLineRun.of(
            "evaluate",
            "--matcher",
            "pixel-cosine",
            "--protocol",
            "lake20",
            "--draws",
            "3",
            "--synthetic");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("lake20 has no settings");
  }

  @Test
  void withinAndAcrossExcludeEachOther() {
    CommandLineRun run =
        CommandLineRun.of(
            "evaluate",
            "--matcher",
            "pixel-cosine",
            "--protocol",
            "episodes",
            "--within",
            "--across");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("doppel: Both --within and --across.");
  }

  @Test
  void aModelThatIsNotThereIsAnError() {
    CommandLineRun run =
        CommandLineRun.of("evaluate", folder.resolve("no.onnx"), "--protocol", "lake20", "--json");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.json().at("/error/kind").asText()).isEqualTo("model");
    assertThat(run.err()).contains("no.onnx");
  }

  @Test
  void aModelThatIsDamagedIsAnError() throws IOException {
    Path damaged = Files.writeString(folder.resolve("damaged.onnx"), "this is no model");

    CommandLineRun run = CommandLineRun.of("evaluate", damaged, "--protocol", "lake20");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("damaged.onnx").hasLineCount(1);
  }

  @Test
  void aMethodDecidesInPlaceOfTheHeadAndIsNamed() {
    TinyWorld tiny = TinyWorld.in(folder);

    CommandLineRun run =
        CommandLineRun.of(
            "evaluate",
            tiny.model(),
            "--method",
            "knn",
            "--set",
            "space=euclidean",
            "--protocol",
            "episodes",
            "--ways",
            "5",
            "--trials",
            "20",
            "--synthetic",
            "--json");

    assertThat(run.exit()).isZero();
    assertThat(run.json().at("/scores/0/model").asText()).startsWith("tiny@").endsWith(", knn");
  }

  @Test
  void aMethodIsRefusedWhereItMakesNoSense() {
    assertThat(refused("--matcher", "pixel-cosine", "--method", "knn", "--protocol", "lake20"))
        .contains("without a model");
    assertThat(refused("m.onnx", "--method", "ridge", "--protocol", "verification"))
        .contains("asks how much alike two images are");
    assertThat(refused("m.onnx", "--method", "rigde", "--protocol", "lake20"))
        .contains("Did you mean ridge?");
    assertThat(refused("m.onnx", "--set", "penalty=1", "--protocol", "lake20"))
        .contains("without --method");
    assertThat(
            refused(
                "m.onnx",
                "--method",
                "prototypical",
                "--set",
                "refinements=3",
                "--protocol",
                "episodes"))
        .contains("one query of each support set");
  }

  @Test
  void transferAsksAboutAnIdxSet() throws IOException {
    Path digits = Files.createDirectory(folder.resolve("digits"));
    ByteBuffer images =
        ByteBuffer.allocate(16 + 40 * 64).putInt(0x803).putInt(40).putInt(8).putInt(8);
    ByteBuffer labels = ByteBuffer.allocate(8 + 40).putInt(0x801).putInt(40);
    for (int i = 0; i < 40; i++) {
      for (int pixel = 0; pixel < 64; pixel++) {
        images.put((byte) (pixel / 8 == i % 4 + 2 && pixel % 8 < 4 + i / 10 ? 255 : 0)); // bars
      }
      labels.put((byte) (i % 4));
    }
    Files.write(digits.resolve("t10k-images-idx3-ubyte"), images.array());
    Files.write(digits.resolve("t10k-labels-idx1-ubyte"), labels.array());

    CommandLineRun run =
        CommandLineRun.of(
            "evaluate",
            "--matcher",
            "pixel-cosine",
            "--protocol",
            "transfer",
            "--idx",
            digits,
            "--ink",
            "0",
            "--pen",
            "0",
            "--trials",
            "50",
            "--json");

    assertThat(run.exit()).isZero();
    JsonNode score = run.json().at("/scores/0");
    assertThat(score.get("protocol").asText()).isEqualTo("transfer 4-way 1-shot, as it is");
    assertThat(score.get("accuracy").asDouble()).isEqualTo(1);
    assertThat(score.get("trials").asInt()).isEqualTo(50);
    assertThat(score.get("data").asText()).isEqualTo("digits test images");
    assertThat(refused("--matcher", "pixel-cosine", "--protocol", "lake20", "--idx", "x"))
        .contains("Only transfer asks about a set of IDX files");
    assertThat(refused("--matcher", "pixel-cosine", "--protocol", "transfer", "--part", "tset"))
        .contains("Did you mean test?");
  }

  @Test
  void aSeriesIsATable() {
    CommandLineRun run =
        CommandLineRun.of(
            "evaluate",
            "--matcher",
            "pixel-cosine",
            "--protocol",
            "robustness",
            "--distort",
            "rotation:10,45",
            "--distort",
            "noise:0.1",
            "--synthetic");

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("answered by", "(SYNTHETIC)", "95 % interval")
        .contains("query rotation 10°", "query rotation 45°", "query noise 0.1");
    assertThat(
            refused(
                "--matcher",
                "pixel-cosine",
                "--protocol",
                "vinyals",
                "--trials-file",
                "x.csv",
                "--synthetic"))
        .contains("a series of 4");
  }

  @Test
  void theClosestAnswersAreLookedAtAgain() {
    CommandLineRun run =
        CommandLineRun.of(
            "evaluate",
            "omniglot",
            "--rerank",
            "deformable:top=2",
            "--protocol",
            "episodes",
            "--ways",
            "5",
            "--trials",
            "20",
            "--synthetic");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("re-ranked by deformable");
  }

  @Test
  void aSecondLookThatMakesNoSenseIsRefused() {
    assertThat(refused("omniglot", "--protocol", "open-set", "--rerank", "deformable"))
        .contains("thresholds are set before");
    assertThat(
            refused("--matcher", "pixel-cosine", "--protocol", "lake20", "--rerank", "deformable"))
        .contains("A model's closest answers");
    assertThat(refused("omniglot", "--protocol", "lake20", "--rerank", "deformabel"))
        .contains("Did you mean deformable?");
    assertThat(refused("omniglot", "--protocol", "lake20", "--rerank", "deformable:tip=3"))
        .contains("Did you mean top?");
  }

  private static String refused(String... words) {
    CommandLineRun run =
        CommandLineRun.of(
            java.util.stream.Stream.concat(
                    java.util.stream.Stream.of("evaluate"), java.util.stream.Stream.of(words))
                .toArray());
    assertThat(run.exit()).isEqualTo(2);
    return run.err();
  }
}
