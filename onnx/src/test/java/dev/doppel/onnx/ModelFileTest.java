package dev.doppel.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import dev.doppel.error.ModelException;
import dev.doppel.error.OptionException;
import dev.doppel.eval.PairScores;
import dev.doppel.image.Preprocess;
import dev.doppel.model.Calibration;
import dev.doppel.model.Head;
import dev.doppel.model.Twin;
import dev.doppel.network.FullyConnectedNet;
import dev.doppel.network.Weights;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {

  private final Sketch tiny = Sketch.tiny();
  private final Path folder;
  private final Path file;

  ModelFileTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve("model.onnx");
  }

  @ParameterizedTest
  @ValueSource(strings = {"weighted-l1", "cosine", "euclidean"})
  void everyPartIsReadBackAsWritten(String name) {
    Head head =
        switch (name) {
          case "cosine" -> new Head.Cosine();
          case "euclidean" -> new Head.Euclidean();
          default -> tiny.head();
        };
    Preprocess awkward =
        new Preprocess(8, 8, 1, true, false, List.of(0.1f), List.of(Float.MIN_VALUE * 12345));
    Sketch sketch = tiny.withHead(head).withPreprocess(awkward);
    assertThat(head.name()).isEqualTo(name);

    String fingerprint = sketch.write(file);

    try (OpenModel model = ModelFile.open(file)) {
      Twin twin = model.twin();
      assertThat(twin.head()).isEqualTo(head);
      assertThat(twin.calibration()).isEqualTo(sketch.calibration());
      assertThat(twin.provenance()).isEqualTo(sketch.provenance());
      assertThat(twin.provenance().options())
          .containsExactlyEntriesOf(sketch.provenance().options());
      assertThat(twin.encoder().preprocess()).isEqualTo(awkward);
      assertThat(twin.encoder().dim()).isEqualTo(5);
      assertThat(model.fingerprint()).isEqualTo(fingerprint).matches("[0-9a-f]{64}");
      assertThat(twin.name()).isEqualTo("model@" + fingerprint.substring(0, 8));
    }
  }

  @Test
  void randomFloatsOfAHeadSurviveBitForBit() {
    FullyConnectedNet net = new FullyConnectedNet(2, 500);
    Draws draws = Seed.of(3).draws();
    float[] weights = new float[500];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = finite(draws);
    }
    Head head = new Head.WeightedL1(weights, finite(draws));
    Sketch.of(net, head).write(file);

    try (OpenModel model = ModelFile.open(file)) {
      assertThat(model.twin().head()).isEqualTo(head);
    }
  }

  private static float finite(Draws draws) {
    float value;
    do {
      value = Float.intBitsToFloat((int) draws.nextLong());
    } while (!Float.isFinite(value));
    return value;
  }

  @Test
  void oneFileHoldsAllAndAForeignReaderFindsIt() throws Exception {
    tiny.write(file);

    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
    Map<String, String> metadata = new LinkedHashMap<>();
    model.getMetadataPropsList().forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));

    assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**.part");
    assertThat(metadata.keySet())
        .containsExactly(
            "doppel.format",
            "doppel.architecture",
            "doppel.preprocess",
            "doppel.head",
            "doppel.calibration",
            "doppel.provenance",
            "doppel.fingerprint",
            "doppel.sha256");
    assertThat(metadata)
        .containsEntry("doppel.format", "2")
        .containsEntry("doppel.architecture", "\"residual\"")
        .containsEntry(
            "doppel.preprocess",
            "{\"width\":8,\"height\":8,\"channels\":1,\"invert\":true,\"centred\":false,\"mean\":[0.0],\"std\":[1.0]}");
  }

  @Test
  void sameModelHasSameBytesAndFingerprint() throws Exception {
    Path other = folder.resolve("new/folder/other.onnx");

    assertThat(tiny.write(file)).isEqualTo(Sketch.tiny().write(other));
    assertThat(file).hasSameBinaryContentAs(other);
  }

  @Test
  void fingerprintFollowsWhateverMakesTheScores() {
    String fingerprint = tiny.write(file);
    Map<String, float[]> values = new LinkedHashMap<>(tiny.weights().values());
    float[] changed = tiny.weights().get("stem.weight").clone();
    changed[0] = Math.nextUp(changed[0]);
    values.put("stem.weight", changed);

    assertThat(tiny.withWeights(new Weights(values)).write(file)).isNotEqualTo(fingerprint);
    assertThat(tiny.withHead(new Head.Cosine()).write(file)).isNotEqualTo(fingerprint);
    Preprocess paper = new Preprocess(8, 8, 1, false, true, List.of(0f), List.of(1f));
    assertThat(tiny.withPreprocess(paper).write(file)).isNotEqualTo(fingerprint);
  }

  @Test
  void partsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> tiny.withPreprocess(Preprocess.ink(9)).write(file))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tiny.withHead(new Head.WeightedL1(new float[4], 0)).write(file))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tiny.withWeights(new Weights(Map.of())).write(file))
        .isInstanceOf(IllegalArgumentException.class);
    Map<String, float[]> values = new LinkedHashMap<>(tiny.weights().values());
    values.put("stem.weight", new float[26]);
    assertThatThrownBy(() -> tiny.withWeights(new Weights(values)).write(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stem.weight");
    assertThat(file).doesNotExist();
  }

  @Test
  void weightsThatAreNoNumbersAreRefused() {
    tiny.weights().get("stem.weight")[3] = Float.NaN;

    assertThatThrownBy(() -> tiny.write(file))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("stem.weight")
        .hasMessageContaining("NaN");
    assertThat(file).doesNotExist();
  }

  @Test
  void aDiskThatFillsUpLeavesTheFormerFileAndNoOther() throws Exception {
    Files.writeString(file, "former");

    assertThatThrownBy(
            () ->
                Replacement.write(
                    file,
                    out -> {
                      out.write(new byte[10_000]);
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("Free some room");
    assertThat(file).hasContent("former");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFolderCannotBeWrittenOverNorReadAsAModel() {
    assertThatThrownBy(() -> tiny.write(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("is a folder");
    assertThatThrownBy(() -> ModelFile.open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("is a folder");
  }

  @Test
  void aFileInThePlaceOfAFolderIsNamed() throws Exception {
    Files.writeString(folder.resolve("taken"), "");

    assertThatThrownBy(() -> tiny.write(folder.resolve("taken/model.onnx")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("taken");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> ModelFile.open(file))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("No model at " + file)
        .hasMessageContaining("doppel train");
  }

  @Test
  void bytesThatAreNoModelAreRefused() throws Exception {
    Files.createFile(file);
    refuses("is empty");
    Files.writeString(file, "{\"not\": \"a model\"}");
    refuses("is no ONNX model");
    Draws draws = Seed.of(1).draws();
    for (int i = 0; i < 2_000; i++) {
      byte[] random = new byte[1 + draws.below(300)];
      for (int j = 0; j < random.length; j++) {
        random[j] = (byte) draws.below(256);
      }
      Files.write(file, random);
      refuses("is no ONNX model");
    }
  }

  @Test
  void aModelCutShortIsRefusedWhereverItEnds() throws Exception {
    tiny.write(file);
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length += 1 + length / 50) {
      Files.write(file, Arrays.copyOf(bytes, length));
      refuses(file.toString());
    }
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    refuses("is a model cut short");
  }

  @Test
  void aFlippedBitIsRefusedWhereverItIs() throws Exception {
    tiny.write(file);
    byte[] bytes = Files.readAllBytes(file);
    for (int at = 0; at < bytes.length; at += 1 + at / 200) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      Files.write(file, flipped);
      refuses(file.toString());
    }
    bytes[bytes.length / 3] ^= 1; // amid the weights
    Files.write(file, bytes);
    refuses("checksum");
  }

  @Test
  void anOnnxModelOfOthersIsToldFromAFaultyOne() throws Exception {
    tiny.write(file);
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));

    Files.write(file, model.toBuilder().clearMetadataProps().build().toByteArray());

    refuses("is an ONNX model without Doppel's metadata");
  }

  @Test
  void aNewerFormatIsNamedBeforeAnythingElseIsUnderstood() throws Exception {
    rewrite(model -> setMetadata(model.clearGraph(), "doppel.format", "3"));
    refuses("has format 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "doppel.format | \"one\" | doppel.format",
        "doppel.head | {\"name\":\"manhattan\"} | manhattan is none of weighted-l1",
        "doppel.head | {\"name\":\"weighted-l1\",\"bias\":1.0,\"weights\":\"AAA*\"} | doppel.head",
        "doppel.head | {\"name\":\"weighted-l1\",\"bias\":1.0,\"weights\":\"AAAA\"} | doppel.head",
        "doppel.head | {\"name\":\"cosine\",\"sharpness\":2} | sharpness",
        "doppel.head | {\"name\":\"weighted-l1\",\"bias\":1.0,\"weights\":\"AAAAAA==\"} | itself",
        "doppel.calibration | {\"threshold\":0,\"slope\":-1,\"offset\":0} | positive slope",
        "doppel.calibration | {\"threshold\":0,\"slope\":1} | offset",
        "doppel.calibration | {\"threshold\":0,\"evidence\":{\"scores\":[1],\"logs\":[0]},\"strangers\":{\"scores\":[0],\"shares\":[1],\"fall\":1,\"evenness\":1}} | source",
        "doppel.calibration | {\"threshold\":0,\"evidence\":{\"scores\":[1,2],\"logs\":[0]},\"strangers\":{\"scores\":[0],\"shares\":[1],\"fall\":1,\"evenness\":1},\"source\":\"\"} | 2 scores for 1",
        "doppel.calibration | {\"threshold\":0,\"evidence\":{\"scores\":[1],\"logs\":[0]},\"strangers\":{\"scores\":[0,1],\"shares\":[0.1,0.2],\"fall\":1,\"evenness\":1},\"source\":\"\"} | shares fall",
        "doppel.calibration | {\"threshold\":0,\"evidence\":{\"scores\":[1],\"logs\":[\"x\"]},\"strangers\":{\"scores\":[0],\"shares\":[1],\"fall\":1,\"evenness\":1},\"source\":\"\"} | a number belongs",
        "doppel.calibration | {\"threshold\":0,\"slope\":1, | doppel.calibration",
        "doppel.calibration | [] | doppel.calibration",
        "doppel.calibration | '' | doppel.calibration",
        "doppel.provenance | {} | dataFingerprint",
        "doppel.fingerprint | null | doppel.fingerprint",
        "doppel.preprocess | {\"width\":9,\"height\":8,\"channels\":1,\"invert\":true,\"centred\":false,\"mean\":[0],\"std\":[1]} | itself",
        "doppel.preprocess | {\"width\":8,\"height\":8,\"channels\":2,\"invert\":true,\"centred\":false,\"mean\":[0],\"std\":[1]} | channels",
        "doppel.preprocess | {\"width\":1e99,\"height\":8,\"channels\":1,\"invert\":true,\"centred\":false,\"mean\":[0],\"std\":[1]} | doppel.preprocess",
        "doppel.preprocess | {\"width\":9999999999,\"height\":8,\"channels\":1,\"invert\":true,\"centred\":false,\"mean\":[0],\"std\":[1]} | range",
      })
  void metadataThatMakeNoSenseAreRefused(String key, String json, String why) throws Exception {
    rewrite(model -> setMetadata(model, key, json));
    refuses(why);
  }

  @Test
  void missingMetadataAreNamed() throws Exception {
    rewrite(
        model -> {
          var kept = model.getMetadataPropsList().stream();
          var rest = kept.filter(entry -> !entry.getKey().equals("doppel.head")).toList();
          model.clearMetadataProps().addAllMetadataProps(rest);
        });
    refuses("doppel.head are wrong: missing");
  }

  @Test
  void aGraphOfAnotherShapeIsRefused() throws Exception {
    rewrite(model -> model.getGraphBuilder().getInputBuilder(0).setName("picture"));
    refuses("ONNX Runtime");
    rewrite(
        model -> {
          var graph = model.getGraphBuilder();
          graph.getOutputBuilder(0).setName("other");
          graph.getNodeBuilder(graph.getNodeCount() - 1).setOutput(0, "other");
        });
    refuses("contradicts itself");
    rewrite(
        model ->
            model
                .getGraphBuilder()
                .getInputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .getShapeBuilder()
                .getDimBuilder(2)
                .setDimValue(16));
    refuses("model.onnx"); // ONNX Runtime may see it first
    rewrite(model -> model.getGraphBuilder().getNodeBuilder(0).setOpType("Konv"));
    refuses("ONNX Runtime");
  }

  private static Calibration curves() {
    double[] same = {0.5, 0.6, 0.7, 0.8};
    double[] different = {0.1, 0.2, 0.3, 0.4, 0.55};
    return Calibration.fit(PairScores.of(same, different, 12, 0.7), "naïve pictures, 12 classes");
  }

  @Test
  void aFileIsRecalibratedAndAllElseStaysToTheByte() throws Exception {
    String fingerprint = tiny.write(file);
    byte[] before = Files.readAllBytes(file);
    Path other = folder.resolve("other.onnx");

    ModelFile.recalibrate(file, other, curves());

    assertThat(file).hasBinaryContent(before);
    try (OpenModel model = ModelFile.open(other)) {
      assertThat(model.fingerprint()).isEqualTo(fingerprint);
      assertThat(model.twin().calibration()).isEqualTo(curves());
      assertThat(model.twin().provenance()).isEqualTo(tiny.provenance());
    }
    ModelProto from = ModelProto.parseFrom(before);
    ModelProto to = ModelProto.parseFrom(Files.readAllBytes(other));
    assertThat(to.toBuilder().clearMetadataProps().build())
        .isEqualTo(from.toBuilder().clearMetadataProps().build());
    assertThat(to.getMetadataPropsList())
        .extracting(StringStringEntryProto::getKey)
        .containsExactlyElementsOf(
            from.getMetadataPropsList().stream().map(StringStringEntryProto::getKey).toList());

    ModelFile.recalibrate(other, other, tiny.calibration()); // in place, and back
    assertThat(other).hasSameBinaryContentAs(file);
  }

  @Test
  void filesOfFormatOneOpenAndBecomeNewOnes() throws Exception {
    rewrite(
        model -> {
          setMetadata(model, "doppel.format", "1");
          setMetadata(
              model, "doppel.calibration", "{\"threshold\":0.4,\"slope\":10.0,\"offset\":-5.0}");
        });
    String fingerprint;
    try (OpenModel model = ModelFile.open(file)) {
      assertThat(model.twin().calibration()).isEqualTo(new Calibration(0.4, 10, -5));
      fingerprint = model.fingerprint();
    }

    ModelFile.recalibrate(file, file, curves());

    try (OpenModel model = ModelFile.open(file)) {
      assertThat(model.twin().calibration()).isEqualTo(curves());
      assertThat(model.fingerprint()).isEqualTo(fingerprint);
    }
  }

  @Test
  void whatIsNoModelIsNotRecalibrated() throws Exception {
    Files.writeString(file, "this is no model");

    assertThatThrownBy(() -> ModelFile.recalibrate(file, file, curves()))
        .isInstanceOf(ModelException.class);
    assertThat(file).hasContent("this is no model");
  }

  @Test
  void noThreadsAreNoOption() {
    tiny.write(file);
    assertThatThrownBy(() -> ModelFile.open(file, 0)).isInstanceOf(OptionException.class);
  }

  /** Writes the tiny model with something changed, sealed as if that were meant. */
  private void rewrite(Consumer<ModelProto.Builder> change) throws IOException {
    tiny.write(file);
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    model.removeMetadataProps(model.getMetadataPropsCount() - 1); // the seal
    change.accept(model);
    try (OutputStream out = Files.newOutputStream(file)) {
      Seal.write(out, model.build()::writeTo);
    }
  }

  private static void setMetadata(ModelProto.Builder model, String key, String value) {
    for (StringStringEntryProto.Builder entry : model.getMetadataPropsBuilderList()) {
      if (entry.getKey().equals(key)) {
        entry.setValueBytes(com.google.protobuf.ByteString.copyFrom(value, StandardCharsets.UTF_8));
      }
    }
  }

  private void refuses(String why) {
    assertThatThrownBy(() -> ModelFile.open(file).close())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(why);
  }
}
