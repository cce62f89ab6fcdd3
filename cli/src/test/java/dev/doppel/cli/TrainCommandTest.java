package dev.doppel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doppel.onnx.ModelFile;
import dev.doppel.onnx.OpenModel;
import dev.doppel.onnx.ShippedModel;
import dev.doppel.option.Settings;
import dev.doppel.torch.Presets;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void whatIsTrainedCanBeMeasured() throws IOException {
    Path model = folder.resolve("small.onnx");
    CommandLineRun run =
        CommandLineRun.of(
            "train",
            "--architecture",
            "fully-connected",
            "--epochs",
            "1",
            "--set",
            "imagesPerEpoch=512",
            "--set",
            "batch=128",
            "--seed",
            "5",
            "--synthetic",
            "--out",
            model,
            "--json");

    assertThat(run.exit()).as(run.err()).isZero();
    JsonNode json = run.json();
    assertThat(json.at("/training/epochs").asInt()).isEqualTo(1);
    assertThat(json.at("/training/images").asInt()).isEqualTo(512);
    assertThat(json.at("/scores/0/accuracy").asDouble()).isBetween(0.0, 1.0);
    assertThat(json.at("/scores/0/synthetic").asBoolean()).isTrue();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(model); // no draft, no checkpoint
    }

    CommandLineRun measured =
        CommandLineRun.of("evaluate", model, "--protocol", "lake20", "--synthetic", "--json");
    assertThat(measured.exit()).as(measured.err()).isZero();
    assertThat(measured.json().at("/scores/0/model").asText()).startsWith("small@");
    assertThat(measured.json().at("/scores/0/trials").asInt()).isEqualTo(400);
  }

  @Test
  void theRecordPresetsAreWhatShippedModelsLearnedBy() {
    Map.of("omniglot", "record", "omniglot-tiny", "record-tiny")
        .forEach(
            (name, preset) -> {
              Map<String, String> planned = Settings.of(Presets.named(preset));
              try (OpenModel model = ShippedModel.named(name)) {
                Map<String, String> told = model.twin().provenance().options();
                told.forEach(
                    (setting, value) -> {
                      String now =
                          planned.containsKey(setting)
                              ? setting
                              : setting.replace("distortion.", "distortion.affine.");
                      if (!setting.equals("preset")) {
                        assertThat(planned).as(name).containsEntry(now, value);
                      }
                    });
              }
            });
  }

  @Test
  void itLearnsFromAsManyAlphabetsAsItIsTold() {
    Path model = folder.resolve("some.onnx");
    CommandLineRun run = CommandLineRun.of(small("--set", "alphabets=3", "--out", model));
    assertThat(run.exit()).as(run.err()).isZero();
    try (OpenModel open = ModelFile.open(model)) {
      assertThat(open.twin().provenance().data()).contains(", 3 of ");
    }

    CommandLineRun many = CommandLineRun.of(small("--set", "alphabets=99", "--out", model));
    assertThat(many.exit()).isEqualTo(2);
    assertThat(many.err()).contains("alphabets", "99");
  }

  @Test
  void sixEpochsAreThreeAndThreeMoreToTheLastBitOfTheModelFile() throws IOException {
    // One name, since the scores inside the file say it.
    Path whole = Files.createDirectory(folder.resolve("whole")).resolve("model.onnx");
    Path halves = Files.createDirectory(folder.resolve("halves")).resolve("model.onnx");

    CommandLineRun once = CommandLineRun.of(small("--out", whole));
    CommandLineRun first = CommandLineRun.of(small("--out", halves, "--stop-after", "3"));
    assertThat(halves).doesNotExist();
    CommandLineRun second = CommandLineRun.of("train", "--resume", "--synthetic", "--out", halves);

    assertThat(once.exit()).as(once.err()).isZero();
    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(first.err()).contains("--resume");
    assertThat(second.exit()).as(second.err()).isZero();
    assertThat(halves).hasSameBinaryContentAs(whole);
  }

  private static Object[] small(Object... more) {
    List<Object> line =
        new ArrayList<>(List.of("train", "--architecture", "fully-connected", "--synthetic"));
    line.addAll(List.of("--epochs", "6", "--set", "imagesPerEpoch=128", "--set", "batch=64"));
    line.addAll(List.of(more));
    return line.toArray();
  }

  @Test
  void anyLossIsTrainedWithTheMinerSamplerAndMemoryThatSuitIt() throws IOException {
    Path model = folder.resolve("triplet.onnx");
    CommandLineRun run =
        CommandLineRun.of(
            small(
                "--loss",
                "triplet:margin=0.5",
                "--miner",
                "distance-weighted:furthest=1.9",
                "--batch",
                "8x4",
                "--sampler",
                "groups:together=4",
                "--memory",
                "64",
                "--stop-after",
                "1",
                "--out",
                model));
    assertThat(run.exit()).as(run.err()).isZero();

    CommandLineRun rest = CommandLineRun.of("train", "--resume", "--synthetic", "--out", model);

    assertThat(rest.exit()).as(rest.err()).isZero();
    String file = Files.readString(model, java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(file) // its provenance
        .contains("objective.loss", "objective.formula.margin", "objective.formula.miner.furthest")
        .contains("objective.sampling.together", "objective.memory");
  }

  @Test
  void whatMakesNoSenseTogetherIsRefusedWithTheReason() {
    assertRefused("takes no miner", "--loss", "nt-xent", "--miner", "semi-hard");
    assertRefused("There is no setting", "--loss", "nt-xent:distance=euclidean");
    assertRefused("nothing of its own class", "--loss", "triplet", "--batch", "32x1");
    assertRefused("may have one of each", "--loss", "triplet", "--sampler", "shuffled");
    assertRefused("one learned row a class", "--loss", "arcface", "--memory", "100");
    assertRefused("without --loss", "--miner", "hard");
    assertRefused("Did you mean groups?", "--loss", "triplet", "--sampler", "group");
    assertRefused("KEY=VALUE", "--loss", "triplet:margin");
    assertRefused("as in --batch 32x2", "--loss", "triplet", "--batch", "64");
    assertRefused("Say --loss", "--set", "objective.loss=triplet");
  }

  private static void assertRefused(String reason, String... options) {
    List<Object> line = new ArrayList<>(List.of("train", "--synthetic"));
    line.addAll(List.of(options));
    CommandLineRun run = CommandLineRun.of(line.toArray());
    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(reason).doesNotContain("SYNTHETIC");
  }

  @Test
  void aModelThatCannotBeWrittenIsRefusedBeforeItIsTrained() {
    CommandLineRun run =
        CommandLineRun.of("train", "--synthetic", "--out", folder.resolve("no/such/model.onnx"));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("cannot be written").doesNotContain("SYNTHETIC");
  }

  @Test
  void whatIsNoFileIsNotReplacedByOne() throws IOException {
    Path socket = folder.resolve("s"); // as a device would be, and harmless
    try (ServerSocketChannel open = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      open.bind(UnixDomainSocketAddress.of(socket));

      CommandLineRun train = CommandLineRun.of("train", "--synthetic", "--out", socket);
      CommandLineRun fewshot =
          CommandLineRun.of("fewshot", "train", "maml", "--synthetic", "--out", socket);

      for (CommandLineRun run : List.of(train, fewshot)) {
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("a pipe or a device").doesNotContain("SYNTHETIC");
      }
      assertThat(Files.isRegularFile(socket)).isFalse();
    }
  }

  @Test
  void aSecondRunToTheSamePlaceIsRefusedWhileTheFirstIsUnderWay() {
    Path out = folder.resolve("two.onnx");
    CommandLineRun second;
    try (RunLock first = RunLock.of(folder.resolve("two.checkpoint"))) {
      second = CommandLineRun.of(small("--out", out));
    }
    CommandLineRun third = CommandLineRun.of(small("--out", out));

    assertThat(second.exit()).isEqualTo(1);
    assertThat(second.err()).contains("Another run is under way", "two.checkpoint", "--checkpoint");
    assertThat(third.exit()).as(third.err()).isZero();
    assertThat(folder).isDirectoryNotContaining("glob:**.lock");
  }

  @Test
  void aDamagedCheckpointIsToldInOurWords() throws IOException {
    Path kept = Files.createDirectories(folder.resolve("model.checkpoint"));
    Files.writeString(kept.resolve("checkpoint.json"), "{\"format\": 1,");

    CommandLineRun run =
        CommandLineRun.of(
            "train", "--resume", "--synthetic", "--out", folder.resolve("model.onnx"));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("checkpoint.json is no whole JSON").doesNotContain("Unexpected");
  }

  @Test
  void anUnfinishedRunIsNotOverwritten() throws IOException {
    Files.createDirectories(folder.resolve("model.checkpoint"));

    CommandLineRun run =
        CommandLineRun.of("train", "--synthetic", "--out", folder.resolve("model.onnx"));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("unfinished run", "--resume");
  }

  @Test
  void thereIsNothingToResumeWithoutACheckpoint() {
    CommandLineRun run =
        CommandLineRun.of("train", "--resume", "--out", folder.resolve("model.onnx"));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("No checkpoint in", "model.checkpoint");
  }

  @Test
  void aRunEndsByTheClockOrByItsEpochs() {
    CommandLineRun run = CommandLineRun.of("train", "--budget", "8m", "--epochs", "3");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("doppel: Both --budget and --epochs.");
  }

  @Test
  void aBudgetIsATime() {
    CommandLineRun run = CommandLineRun.of("train", "--budget", "soon");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("8m, 90s or 1h30m");
  }

  @Test
  void presetAndEncoderMustAgree() {
    CommandLineRun run = CommandLineRun.of("train", "--preset", "everyday", "--encoder", "koch");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("Preset everyday with --encoder koch");
  }

  @Test
  void whatHasAnOptionOfItsOwnIsNoSetting() {
    CommandLineRun run = CommandLineRun.of("train", "--set", "seed=3");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("Say --seed");
  }
}
