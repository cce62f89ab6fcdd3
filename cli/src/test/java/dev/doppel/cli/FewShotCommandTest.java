package dev.doppel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.cli.report.Png;
import dev.doppel.image.Raster;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FewShotCommandTest {

  private static final int SIDE = 16;

  @TempDir private Path folder = Path.of("");

  /** A class is a pattern of its own; images differ by noise. */
  private Path pictures() throws IOException {
    Path own = folder.resolve("own");
    for (int c = 0; c < 6; c++) {
      Path place = Files.createDirectories(own.resolve("thing" + c));
      for (int i = 0; i < 5; i++) {
        Draws pattern = Seed.of(c).draws();
        Draws noise = Seed.of(c).at(i).draws();
        byte[] samples = new byte[SIDE * SIDE];
        for (int p = 0; p < samples.length; p++) {
          samples[p] = (byte) (pattern.below(200) + noise.below(50));
        }
        Files.write(place.resolve(i + ".png"), Png.of(new Raster(SIDE, SIDE, 1, samples)));
      }
    }
    return own;
  }

  @ParameterizedTest
  @ValueSource(strings = {"relation", "graph"})
  void aHeadIsLearnedOverOneModelAndMeasuredWithIt(String method) throws IOException {
    Path own = pictures();
    TinyWorld tiny = TinyWorld.in(folder);
    Path file = folder.resolve("head.fewshot");

    CommandLineRun trained =
        CommandLineRun.of(
            "fewshot",
            "train",
            method,
            "--model",
            tiny.model(),
            "--out",
            file,
            "--data",
            own,
            "--set",
            "ways=3",
            "--set",
            "updates=20",
            "--json");
    assertThat(trained.exit()).as(trained.err()).isZero();
    assertThat(trained.json().get("file").asText()).isEqualTo(file.toString());

    CommandLineRun measured = measure(file, own, "--model", tiny.model());
    assertThat(measured.exit()).as(measured.err()).isZero();
    assertThat(measured.json().at("/scores/0/model").asText()).endsWith(", " + method);
    assertThat(measured.json().at("/scores/0/accuracy").asDouble()).isBetween(0.2, 1.0);

    CommandLineRun series =
        CommandLineRun.of(
            "fewshot",
            "evaluate",
            file,
            "--model",
            tiny.model(),
            "--protocol",
            "robustness",
            "--distort",
            "rotation:10,20",
            "--synthetic",
            "--json");
    assertThat(series.exit()).as(series.err()).isZero();
    assertThat(series.json().at("/scores")).hasSize(3); // as they are, and by two angles

    Path other = folder.resolve("other.onnx");
    TinyWorld.model(other, 4);
    assertThat(measure(file, own, "--model", other).err()).contains("over another model");
    Files.writeString(file, Files.readString(file).replace("\"dim\":16", "\"dim\":17"));
    assertThat(measure(file, own, "--model", tiny.model()).err()).contains("its checksum");
  }

  @Test
  void mamlNeedsNoModel() throws IOException {
    Path own = pictures();
    Path file = folder.resolve("maml.fewshot");
    String[] tiny = {"side=16", "filters=4", "ways=3", "updates=3"};

    CommandLineRun trained =
        CommandLineRun.of(
            "fewshot", "train", "maml", "--out", file, "--data", own, "--set", tiny[0], "--set",
            tiny[1], "--set", tiny[2], "--set", tiny[3]);
    assertThat(trained.exit()).as(trained.err()).isZero();

    CommandLineRun measured = measure(file, own);
    assertThat(measured.exit()).as(measured.err()).isZero();
    assertThat(measured.json().at("/scores/0/model").asText()).isEqualTo("maml");
    assertThat(measure(file, own, "--model", "omniglot").err()).contains("an encoder of its own");
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThat(CommandLineRun.of("fewshot", "train", "realtion").err())
        .contains("Did you mean relation?");
    assertThat(CommandLineRun.of("fewshot", "evaluate", "x", "--protocol", "verification").err())
        .contains("decides between classes");
    assertThat(CommandLineRun.of("fewshot", "evaluate", folder, "--protocol", "lake20").exit())
        .isEqualTo(1);
    assertThat(CommandLineRun.of("fewshot").exit()).isEqualTo(2);
  }

  private static CommandLineRun measure(Path file, Path own, Object... more) {
    Object[] line = {
      "fewshot",
      "evaluate",
      file,
      "--data",
      own,
      "--protocol",
      "episodes",
      "--ways",
      "3",
      "--trials",
      "50",
      "--json"
    };
    return CommandLineRun.of(
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(line), java.util.stream.Stream.of(more))
            .toArray());
  }
}
