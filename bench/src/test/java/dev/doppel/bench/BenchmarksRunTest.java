package dev.doppel.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.OptionException;
import dev.doppel.network.FullyConnectedNet;
import dev.doppel.network.ResidualNet;
import dev.doppel.option.Settings;
import dev.doppel.torch.Presets;
import dev.doppel.torch.TrainingPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Each benchmark runs, at its smallest; what it measures is another matter. */
class BenchmarksRunTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void stepsAreTimedInBothPrecisions() {
    TrainingPlan small = Presets.named("fully-connected"); // Koch's net takes seconds to begin
    KochStepBench.run(small, small, new KochStepBench.Options(2, 2, 2, 16, 1, 1), out);
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("float32", "bfloat16", "16×16 product", "GFLOP/s", "times as fast as two passes")
        .doesNotContain("NaN", "Infinity");
  }

  @Test
  void encodersAreTimedThroughTheirModelFiles() throws IOException {
    EncoderBench.run(
        List.of(ResidualNet.small(), FullyConnectedNet.standard()),
        new EncoderBench.Options(2, 1, 1, List.of(1)),
        out);
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("residual, 40 px", "fully-connected, 35 px", "2 at once", "ms an image");
  }

  @Test
  void filesAreEmbeddedBesideReadyTensors() throws Exception {
    EmbedFilesBench.run(new EmbedFilesBench.Options(3, 2, 1, 2), out);
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("handwriting, 1-bit PNG", "photographs, JPEG", "on 2 lanes", "times as fast")
        .doesNotContain("NaN", "Infinity");
  }

  @Test
  void galleriesAreMeasuredBySize() throws IOException {
    GallerySizeBench.run(
        new GallerySizeBench.Options(List.of(30, 60), 16, List.of(0, 50), 3, 5), out);
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("| 30 | none |", "| 60 | 50 bytes |")
        .doesNotContain("NaN", "Infinity");
  }

  @Test
  void searchesAreTimedWithFaissOrWithoutIt() throws IOException {
    SearchBench.Options small =
        new SearchBench.Options(
            "", 300, 8, 12, 3, 0.9, 2, 1, List.of(1), SearchBench.Options.defaults().python());
    SearchBench.run(small, out);
    SearchBench.run(Settings.with(small, "python", "no-such-python"), out);
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("300 rows of 8, 12 queries", "12 at once", "one by one", "queries/s")
        .contains("recall@1", "no-such-python has no faiss", "python3-faiss")
        .doesNotContain("NaN", "Infinity");
  }

  @Test
  void bothRenderersAreTimedAtBothSizes() throws RunnerException {
    TimeValue moment = TimeValue.milliseconds(1);
    var options =
        new OptionsBuilder()
            .include(WarpBench.class.getSimpleName())
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(moment)
            .verbosity(VerboseMode.SILENT)
            .build();
    assertThat(new Runner(options).run()).hasSize(4);
  }

  @Test
  void lossesAreTimedBesideTheirTwinsAndAPeer(@TempDir Path folder) throws IOException {
    Path peer = folder.resolve("losses.jsonl");
    Files.writeString(
        peer,
        "starting\n"
            + "{\"results\": {\"triplet_all\": {\"16\": {\"ms\": {\"median\": 1700.5}}},"
            + " \"angular\": {\"16\": {\"failed\": \"out of memory\"}}}}\n");
    LossBench.run(new LossBench.Options(16, 4, 4, 1, 1, 2, 16, true, peer.toString()), out);
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("16 × 4, 4 a class", "× the peer's 1700.5 ms", "× the plain one", "MB")
        .containsOnlyOnce("the peer's")
        .doesNotContain("NaN", "Infinity");
  }

  @Test
  void theServerIsTimedAgainstItsEncoder() throws IOException {
    ServerBench.run(new ServerBench.Options("", 30, 2, 4, 1, 0.2, 1, 1, 4), out);
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("30 labels, 1 client", "30 labels, 2 clients", "0 failed", "4 clients:")
        .doesNotContain("NaN", "Infinity");
  }

  @Test
  void theServersMemoryIsWatched() throws IOException {
    SoakBench.run(new SoakBench.Options("", 30, 2, 0.3, 0.005, 2), out);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("0 failed", "at the end");
  }

  @Test
  void argumentsAreOptionsByName() {
    EncoderBench.Options options =
        Arguments.read(EncoderBench.Options.defaults(), "rounds=3", "threads=1,4");
    assertThat(options).isEqualTo(new EncoderBench.Options(64, 16, 3, List.of(1, 4)));
    assertThatThrownBy(() -> Arguments.read(options, "round=3"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("rounds");
    assertThatThrownBy(() -> Arguments.read(options, "3")).isInstanceOf(OptionException.class);
    assertThatThrownBy(() -> Arguments.read(options, "rounds=0"))
        .isInstanceOf(OptionException.class);
  }
}
