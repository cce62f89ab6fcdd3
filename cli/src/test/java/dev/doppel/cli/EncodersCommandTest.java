package dev.doppel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doppel.network.Encoders;
import dev.doppel.network.ListedEncoder;
import dev.doppel.torch.Presets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodersCommandTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void eachEncoderIsOneLineWithItsPaperAndSize() {
    CommandLineRun run = CommandLineRun.of("encoders");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out().lines()).hasSize(2 + Encoders.all().size());
    assertThat(run.out().lines())
        .anySatisfy(line -> assertThat(line).contains("koch", "38,947,648", "908,623,872", "2015"))
        .anySatisfy(line -> assertThat(line).contains("time-delay", "15,836", "Bromley"))
        .anySatisfy(line -> assertThat(line).contains("lenet", "319,305", "Chopra"));
    JsonNode json = CommandLineRun.of("encoders", "--json").json();
    assertThat(json.at("/encoders")).hasSize(Encoders.all().size());
    assertThat(json.at("/encoders/0/name").asText()).isEqualTo("residual");
    assertThat(json.at("/encoders/0/multiply_adds").asLong()).isEqualTo(39_667_200);
  }

  @Test
  void whatIsListedCanBeTrainedAndWhatCanBeTrainedIsListed() {
    assertThat(Encoders.all())
        .allSatisfy(
            encoder ->
                assertThat(Presets.ofEncoder(encoder.name()).architecture())
                    .isEqualTo(encoder.architecture()));
    assertThat(Presets.names())
        .extracting(name -> Presets.named(name).architecture().name())
        .isSubsetOf(Encoders.all().stream().map(ListedEncoder::name).toList());
    CommandLineRun unknown = CommandLineRun.of("train", "--encoder", "lennet", "--synthetic");
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.err()).contains("Did you mean lenet");
  }

  @Test
  void whatIsMeasuredStandsInATableAndIsNotTrainedTwice() throws IOException {
    Path table = folder.resolve("table.md");
    CommandLineRun run = measure(table);

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).contains("Training time-delay");
    assertThat(table)
        .content()
        .contains(
            "--only time-delay --images 1280 --seed 1",
            "SYNTHETIC",
            "| 105 × 105 | 15,836 | 458,880 | 128 |");
    JsonNode json = run.json();
    assertThat(json.at("/encoders/0/validation/accuracy").asDouble()).isBetween(0.05, 1.0);
    assertThat(json.at("/encoders/0/milliseconds").asDouble()).isPositive();
    Path model = folder.resolve("table.work").resolve("time-delay.onnx");
    FileTime made = Files.getLastModifiedTime(model);

    CommandLineRun again = measure(table);

    assertThat(again.err()).doesNotContain("Training");
    assertThat(Files.getLastModifiedTime(model)).isEqualTo(made);
    assertThat(again.json().at("/encoders/0/scores")).isEqualTo(json.at("/encoders/0/scores"));

    CommandLineRun other = measure(table, "--seed", "2");
    assertThat(other.exit()).isEqualTo(1);
    assertThat(other.err()).contains("another plan");
  }

  @Test
  void whatIsSaidAboutMeasuringWithoutItIsRefused() {
    CommandLineRun run = CommandLineRun.of("encoders", "--only", "tiny");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--only without --measure");
  }

  private static CommandLineRun measure(Path table, Object... more) {
    Object[] line = {
      "encoders",
      "--measure",
      table,
      "--only",
      "time-delay",
      "--images",
      "1280",
      "--synthetic",
      "--json"
    };
    Object[] all = java.util.Arrays.copyOf(line, line.length + more.length);
    System.arraycopy(more, 0, all, line.length, more.length);
    return CommandLineRun.of(all);
  }
}
