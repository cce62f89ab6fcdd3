package dev.doppel.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.doppel.Answer;
import dev.doppel.Decision;
import dev.doppel.Recognizer;
import dev.doppel.Verdict;
import dev.doppel.error.ModelException;
import dev.doppel.error.OptionException;
import dev.doppel.image.Image;
import dev.doppel.image.Raster;
import dev.doppel.model.Calibration;
import dev.doppel.model.Embeddings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignModelTest {

  private static final String PLAIN =
      """
      {"width": 4, "height": 6, "channels": 3, "order": "RGB", "layout": "NCHW", "scale": 1,
       "mean": [0, 0, 0], "std": [1, 1, 1], "fit": "stretch", "head": "euclidean"}""";

  /** Red 255, green 51, blue 0. */
  private static final Image ORANGE = colour(255, 51, 0);

  private static final Image BLUE = colour(0, 0, 255);

  @TempDir private Path folder = Path.of("");

  private static Image colour(int red, int green, int blue) {
    byte[] samples = new byte[10 * 8 * 3];
    for (int i = 0; i < samples.length; i += 3) {
      samples[i] = (byte) red;
      samples[i + 1] = (byte) green;
      samples[i + 2] = (byte) blue;
    }
    return new Raster(10, 8, 3, samples);
  }

  private static void embeds(Path model, float first, float second, float third) {
    try (OpenModel open = ModelFile.open(model, 1)) {
      Embeddings rows = open.twin().encoder().embed(List.of(BLUE, ORANGE, BLUE, ORANGE));
      assertThat(rows.dim()).isEqualTo(3);
      assertThat(rows.row(1)).containsExactly(new float[] {first, second, third}, within(1e-4f));
      assertThat(rows.row(3)).isEqualTo(rows.row(1));
      assertThat(rows.row(2)).isEqualTo(rows.row(0)).isNotEqualTo(rows.row(1));
    }
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ?> refused(Path model) {
    ThrowingCallable opening = () -> ModelFile.open(model, 1).close();
    return assertThatThrownBy(opening).isInstanceOf(ModelException.class);
  }

  @Test
  void imagesReachItAsTheDescriptionSays() throws IOException {
    embeds(ForeignSketch.means("n", 3, 6, 4).write(folder, PLAIN), 1, 0.2f, 0);
  }

  @Test
  void blueFirstInBytesWithMeanAndDeviationInTheNetworksOwnOrder() throws IOException {
    String caffe =
        PLAIN
            .replace("RGB", "BGR")
            .replace("\"scale\": 1", "\"scale\": 255")
            .replace("[0, 0, 0]", "[104, 117, 123]")
            .replace("[1, 1, 1]", "[1, 2, 4]");

    embeds(
        ForeignSketch.means("n", 3, 6, 4).write(folder, caffe),
        -104,
        (51 - 117) / 2f,
        (255 - 123) / 4f);
  }

  @Test
  void channelsMayComeLastInEitherOrder() throws IOException {
    String last = PLAIN.replace("NCHW", "NHWC");

    embeds(ForeignSketch.meansOfChannelsLast("n", 6, 4, 3).write(folder, last), 1, 0.2f, 0);
    embeds(
        ForeignSketch.meansOfChannelsLast("n", 6, 4, 3).write(folder, last.replace("RGB", "BGR")),
        0,
        0.2f,
        1);
  }

  @Test
  void aFixedBatchIsFilledUp() throws IOException {
    embeds(ForeignSketch.means(1, 3, 6, 4).write(folder, PLAIN), 1, 0.2f, 0);
    embeds(ForeignSketch.means(3, 3, 6, 4).write(folder, PLAIN), 1, 0.2f, 0);
  }

  @Test
  void aBatchThatIsOpenOnlyByNameIsTakenOneByOne() throws IOException {
    ForeignSketch one =
        new ForeignSketch()
            .input("data", "n", 3, 6, 4)
            .node("GlobalAveragePool", "pooled", "data")
            .integers("row", 1, 3)
            .node("Reshape", "means", "pooled", "row")
            .output("means", "n", 3);

    embeds(one.write(folder, PLAIN), 1, 0.2f, 0);
  }

  @Test
  void sidesMayBeOpenAndTheEmbeddingStillHaveItsOwn() throws IOException {
    ForeignSketch open =
        new ForeignSketch()
            .input("data", "n", "c", "h", "w")
            .node("GlobalAveragePool", "pooled", "data")
            .output("pooled", "n", "c", 1, 1);

    embeds(open.write(folder, PLAIN), 1, 0.2f, 0);
  }

  @Test
  void oneOfSeveralOutputsMustBeNamed() throws IOException {
    ForeignSketch two =
        ForeignSketch.means("n", 3, 6, 4).node("Relu", "map", "data").output("map", "n", 3, 6, 4);

    refused(two.write(folder, PLAIN))
        .hasMessageContaining("2 outputs: \"means\" float[?, 3], \"map\" float[?, 3, 6, 4]")
        .hasMessageContaining("Add \"output\": ");
    refused(two.write(folder, PLAIN.replace("}", ", \"output\": \"mean\"}")))
        .hasMessageContaining("Did you mean \"means\"?");
    refused(two.write(folder, PLAIN.replace("}", ", \"output\": \"map\"}")))
        .hasMessageContaining("gives \"map\" float[1, 3, 6, 4] for 1 image")
        .hasMessageContaining("Name another \"output\"");
    embeds(two.write(folder, PLAIN.replace("}", ", \"output\": \"means\"}")), 1, 0.2f, 0);
  }

  @Test
  void aShapeThatDoesNotFitIsExplainedWithTheLineToChange() throws IOException {
    refused(ForeignSketch.means("n", 3, 6, 5).write(folder, PLAIN))
        .hasMessageContaining("reads \"data\" float[?, 3, 6, 5]")
        .hasMessageContaining("says [?, 3, 6, 4] (NCHW)")
        .hasMessageContaining("face.json \"width\" to 5.");
    refused(ForeignSketch.meansOfChannelsLast("n", 6, 4, 3).write(folder, PLAIN))
        .hasMessageContaining("\"layout\" to \"NHWC\"");
    refused(ForeignSketch.means("n", 1, 7, 4).write(folder, PLAIN))
        .hasMessageContaining("\"channels\" to 1 and \"height\" to 7");
    refused(ForeignSketch.means(3, 6, 4).write(folder, PLAIN)).hasMessageContaining("four axes");
  }

  @Test
  void otherNumbersThanFloatsAreRefusedWithAWayOut() throws IOException {
    ForeignSketch half =
        new ForeignSketch()
            .input("data", TensorProto.DataType.FLOAT16, "n", 3, 6, 4)
            .node(cast(), "wide", "data")
            .node("GlobalAveragePool", "pooled", "wide")
            .output("pooled", "n", 3, 1, 1);
    refused(half.write(folder, PLAIN)).hasMessageContaining("float16", "keep_io_types");

    ForeignSketch bytes =
        new ForeignSketch()
            .input("data", TensorProto.DataType.UINT8, "n", 3, 6, 4)
            .node(cast(), "wide", "data")
            .node("GlobalAveragePool", "pooled", "wide")
            .output("pooled", "n", 3, 1, 1);
    refused(bytes.write(folder, PLAIN)).hasMessageContaining("uint8");
  }

  private static NodeProto.Builder cast() {
    return NodeProto.newBuilder()
        .setOpType("Cast")
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("to")
                .setType(AttributeProto.AttributeType.INT)
                .setI(TensorProto.DataType.FLOAT_VALUE));
  }

  @Test
  void withoutADescriptionTheErrorHoldsOneThatFits() throws IOException {
    for (ForeignSketch sketch :
        List.of(
            ForeignSketch.means("n", 3, 6, 4),
            ForeignSketch.meansOfChannelsLast(1, 6, 4, 3),
            ForeignSketch.means("n", "c", "h", "w"),
            ForeignSketch.means("n", 3, 6, 4)
                .node("Relu", "r", "data")
                .output("r", "n", 3, 6, 4))) {
      Path model = sketch.write(folder, "");
      String message = "";
      try {
        ModelFile.open(model, 1).close();
      } catch (ModelException e) {
        message = String.valueOf(e.getMessage());
      }
      assertThat(message).contains("without Doppel's metadata", "face.json", "\"data\" float[");

      Path written =
          Files.writeString(
              folder.resolve("face.json"),
              message.substring(message.indexOf('{'), message.lastIndexOf('}') + 1));
      ModelFile.open(model, 1).close();
      Files.delete(written);
    }
  }

  @Test
  void fieldsThatAreUnknownMissingOrWrongAreNamed() throws IOException {
    ForeignSketch means = ForeignSketch.means("n", 3, 6, 4);

    refused(means.write(folder, PLAIN.replace("height", "heigth")))
        .hasMessageContaining("no field \"heigth\"; did you mean \"height\"?");
    refused(means.write(folder, PLAIN.replace("\"scale\": 1,", "")))
        .hasMessageContaining("\"scale\" must be said");
    refused(means.write(folder, PLAIN.replace("\"order\": \"RGB\",", "")))
        .hasMessageContaining("\"order\" must be said");
    refused(means.write(folder, PLAIN.replace("stretch", "fill")))
        .hasMessageContaining("\"fit\" is \"fill\", none of stretch, crop, pad");
    refused(means.write(folder, PLAIN.replace("\"scale\": 1", "\"scale\": 127")))
        .hasMessageContaining("\"scale\" is 127");
    refused(means.write(folder, PLAIN.replace("[1, 1, 1]", "[1, 0, 1]")))
        .hasMessageContaining("std [1.0, 0.0, 1.0]");
    refused(means.write(folder, PLAIN.replace("\"width\": 4", "\"width\": \"4\"")))
        .hasMessageContaining("\"width\" is \"4\", where a whole number belongs");
    refused(means.write(folder, "{"))
        .hasMessageContaining("face.json does not describe a model: it ends before it is complete")
        .hasMessageNotContaining("Exception");
    refused(means.write(folder, PLAIN.replace("stretch\"", "stretch")))
        .hasMessageContaining("face.json does not describe a model: it is no JSON, in line ")
        .hasMessageNotContaining("REDACTED");
    refused(means.write(folder, "[1]"))
        .hasMessageContaining("it is a list, where an object in braces belongs");
  }

  @Test
  void tensorsInOtherFilesAreRefusedWhereverTheyHide() throws IOException {
    TensorProto elsewhere =
        TensorProto.newBuilder()
            .setName("weights")
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addDims(1)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                StringStringEntryProto.newBuilder().setKey("location").setValue("../../etc/passwd"))
            .build();

    ForeignSketch open = ForeignSketch.means("n", 3, 6, 4);
    open.graph().addInitializer(elsewhere);
    refused(open.write(folder, PLAIN)).hasMessageContaining("other files, such as \"weights\"");

    ForeignSketch hidden = ForeignSketch.means("n", 3, 6, 4);
    hidden
        .graph()
        .addNode(
            NodeProto.newBuilder()
                .setOpType("If")
                .addAttribute(
                    AttributeProto.newBuilder()
                        .setName("then_branch")
                        .setG(
                            GraphProto.newBuilder()
                                .addNode(
                                    NodeProto.newBuilder()
                                        .setOpType("Constant")
                                        .addAttribute(
                                            AttributeProto.newBuilder()
                                                .setName("value")
                                                .setT(elsewhere))))));
    refused(hidden.write(folder, PLAIN)).hasMessageContaining("other files, such as \"weights\"");
  }

  @Test
  void operatorsThatWouldNeedOtherCodeAreRefused() throws IOException {
    ForeignSketch custom =
        new ForeignSketch()
            .input("data", "n", 3, 6, 4)
            .node(NodeProto.newBuilder().setOpType("Magic").setDomain("evil"), "out", "data")
            .output("out", "n", 3);

    refused(custom.write(folder, PLAIN)).hasMessageContaining("no other code is loaded");
  }

  @Test
  void theFingerprintStandsForTheFileAndWhatTheDescriptionMeans() throws IOException {
    Path model = ForeignSketch.means("n", 3, 6, 4).write(folder, PLAIN);
    String fingerprint = fingerprint(model);

    write(PLAIN.replace("{", "{\n\n"));
    assertThat(fingerprint(model)).isEqualTo(fingerprint);
    write(PLAIN.replace("}", ", \"invert\": false, \"input\": \"data\"}"));
    assertThat(fingerprint(model)).isEqualTo(fingerprint);
    ModelDescription.calibrate(folder.resolve("face.json"), new Calibration(-1, 2, 3));
    assertThat(fingerprint(model)).isEqualTo(fingerprint);
    write(PLAIN.replace("[0, 0, 0]", "[0, 0, 0.5]"));
    assertThat(fingerprint(model)).isNotEqualTo(fingerprint);
    ForeignSketch.means("m", 3, 6, 4).write(folder, PLAIN);
    assertThat(fingerprint(model)).isNotEqualTo(fingerprint);
  }

  private void write(String description) throws IOException {
    Files.writeString(folder.resolve("face.json"), description);
  }

  private static String fingerprint(Path model) {
    try (OpenModel open = ModelFile.open(model, 1)) {
      assertThat(open.twin().name()).startsWith("face@");
      return open.fingerprint();
    }
  }

  @Test
  void answersOfAModelThatWasNeverCalibratedAreUnsureAtBest() throws IOException {
    Path model = ForeignSketch.means("n", 3, 6, 4).write(folder, PLAIN);
    try (OpenModel open = ModelFile.open(model, 1)) {
      Recognizer recognizer = new Recognizer(open.twin());
      recognizer.enrol("orange", ORANGE);
      recognizer.enrol("blue", BLUE);

      Answer answer = recognizer.identify(ORANGE);
      assertThat(answer.label()).isEqualTo("orange");
      assertThat(answer.decision()).isEqualTo(Decision.UNSURE);
      Verdict verdict = recognizer.verify(ORANGE, ORANGE);
      assertThat(verdict.same()).isFalse();
      assertThat(verdict.probability()).isEqualTo(0.5);
    }
    Calibration fitted = new Calibration(-0.1, 20, 8);
    assertThatThrownBy(() -> ModelFile.recalibrate(model, folder.resolve("x.onnx"), fitted))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("face.json");
    ModelFile.recalibrate(model, model, fitted);
    try (OpenModel open = ModelFile.open(model, 1)) {
      Recognizer recognizer = new Recognizer(open.twin());
      recognizer.enrol("orange", ORANGE);

      assertThat(recognizer.identify(ORANGE).decision()).isEqualTo(Decision.KNOWN);
      assertThat(recognizer.identify(BLUE).decision()).isEqualTo(Decision.UNKNOWN);
    }
  }
}
