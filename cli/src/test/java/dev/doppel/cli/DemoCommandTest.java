package dev.doppel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doppel.eval.Interval;
import dev.doppel.eval.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void itLeavesAModelAPageAndAScore() throws IOException {
    CommandLineRun run =
        CommandLineRun.of(
            "demo",
            "--epochs",
            "1",
            "--set",
            "imagesPerEpoch=256",
            "--set",
            "batch=32",
            "--synthetic",
            "--out",
            folder.resolve("m.onnx"),
            "--report",
            folder.resolve("page.html"),
            "--json");

    assertThat(run.exit()).as(run.err()).isZero();
    JsonNode score = run.json().at("/scores/0");
    assertThat(score.get("protocol").asText()).isEqualTo("lake20");
    assertThat(score.get("model").asText()).startsWith("m@");
    assertThat(score.get("synthetic").asBoolean()).isTrue();
    assertThat(run.json().get("published")).hasSize(12);
    assertThat(folder.resolve("m.onnx")).isNotEmptyFile();
    assertThat(Files.readString(folder.resolve("page.html")))
        .contains("Synthetic data", "Training loss", "Its hardest mistakes", "came true of");
    assertThat(folder.resolve("m.checkpoint")).doesNotExist();
  }

  @Test
  void theTableSetsOursBesideThePublished() {
    Score score =
        new Score("lake20", 0.96, Interval.wilson(384, 400), 400, 0, "model@12", "omniglot", false);

    assertThat(DemoCommand.table(score))
        .anySatisfy(line -> assertThat(line).matches("  ▶ This run: model@12 +96.00 %.*"))
        .anySatisfy(line -> assertThat(line).contains("People", "95.50 %", "–"))
        .noneSatisfy(line -> assertThat(line).contains("SYNTHETIC"));
  }

  @Test
  void aSyntheticFigureIsHeldAgainstNobody() {
    Score score =
        new Score("lake20", 0.96, Interval.wilson(384, 400), 400, 0, "model@12", "drawn", true);

    assertThat(String.join("\n", DemoCommand.table(score)))
        .contains("SYNTHETIC DATA", "model@12")
        .doesNotContain("People");
  }

  @Test
  void aPageThatCannotBeWrittenIsRefusedBeforeAnythingIsTrained() {
    CommandLineRun run =
        CommandLineRun.of(
            "demo",
            "--synthetic",
            "--out",
            folder.resolve("m.onnx"),
            "--report",
            folder.resolve("no/page.html"));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("no/page.html").doesNotContain("SYNTHETIC");
  }
}
