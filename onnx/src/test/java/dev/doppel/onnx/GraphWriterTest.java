package dev.doppel.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.doppel.model.Encoder;
import dev.doppel.model.Head;
import dev.doppel.network.Architecture;
import dev.doppel.network.Conv;
import dev.doppel.network.Encoders;
import dev.doppel.network.KochNet;
import dev.doppel.network.ListedEncoder;
import dev.doppel.network.Operators;
import dev.doppel.network.ResidualNet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.onnx.global.onnx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GraphWriterTest {

  private final Path folder;

  GraphWriterTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Every operator twice or more, in other combinations than our networks have. */
  private record Zoo() implements Architecture {
    @Override
    public String name() {
      return "zoo";
    }

    @Override
    public int inputSide() {
      return 17;
    }

    @Override
    public int inputChannels() {
      return 3;
    }

    @Override
    public <T> T apply(Operators<T> net, T image) {
      T x = net.conv("image", image, new Conv(6, 4, 3, 2, true)); // 6×6
      T left = net.sigmoid(net.batchNorm("left.norm", x));
      T right = net.batchNorm("right.norm", net.conv("right", net.relu(x), Conv.same(6, 3)));
      T narrow = net.conv("narrow", left, new Conv(4, 1, 3, 2, 1, 2, true)); // 4×3
      narrow = net.conv("deep", narrow, new Conv(8, 2, 2, 1, 0, 4, false)); // 3×2
      narrow = net.add(narrow, net.attention(narrow, net.relu(narrow), narrow, 3));
      narrow = net.attention(net.sigmoid(narrow), narrow, narrow, 0.5);
      T factors = net.dense("factors", net.flatten(narrow), 6);
      x = net.add(left, net.scale(net.add(right, x), factors));
      x = net.scale(x, net.globalAverage(x));
      x = net.maxPool(net.relu(x), 4); // 1×1, two columns unused
      x = net.add(net.unitLength(net.flatten(x)), net.globalAverage(net.relu(x)));
      return net.unitLength(net.dense("embedding", net.relu(net.dense("shortest", x, 9)), 7));
    }
  }

  static Stream<Architecture> architectures() {
    return Stream.concat(
        Encoders.all().stream().map(ListedEncoder::architecture), Stream.of(new Zoo()));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void graphComputesWhatTheArchitectureSays(Architecture architecture) {
    Sketch sketch = Sketch.of(architecture, new Head.Cosine());
    if (architecture.inputChannels() == 3) {
      sketch = sketch.withPreprocess(colour(architecture.inputSide()));
    }
    Path file = folder.resolve("model.onnx");
    sketch.write(file);
    checkAsOnnxDoes(file);

    int count = architecture instanceof KochNet ? 1 : 3;
    float[] planes = sketch.planes(count, 1);
    try (OpenModel model = ModelFile.open(file)) {
      Encoder encoder = model.twin().encoder();
      float[] rows = encoder.embed(planes, count);
      assertThat(rows).hasSize(count * encoder.dim());
      for (int i = 0; i < count; i++) {
        int plane = sketch.preprocess().length();
        float[] expected =
            LoopNet.embed(
                architecture,
                sketch.weights(),
                Arrays.copyOfRange(planes, i * plane, (i + 1) * plane));
        float[] actual = Arrays.copyOfRange(rows, i * encoder.dim(), (i + 1) * encoder.dim());
        assertThat(actual).containsExactly(expected, within(1e-4f));
        assertThat(spread(expected)).isGreaterThan(0.05); // or else anything would agree
      }
    }
  }

  @Test
  void graphSaysWhatItReadsAndGives() throws Exception {
    Path file = folder.resolve("model.onnx");
    Sketch.of(ResidualNet.small(), new Head.Cosine()).write(file);

    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));

    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(17);
    assertThat(model.getIrVersion()).isEqualTo(8);
    assertThat(model.getProducerName()).isEqualTo("doppel");
    assertThat(model.getProducerVersion()).isEqualTo("0.1.0-test");
    assertThat(model.getDocString()).contains("residual").contains("image [batch, 1, 40, 40]");
    var input = model.getGraph().getInput(0);
    assertThat(input.getName()).isEqualTo("image");
    var shape = input.getType().getTensorType().getShape();
    assertThat(shape.getDim(0).getDimParam()).isEqualTo("batch");
    assertThat(shape.getDim(3).getDimValue()).isEqualTo(40);
    assertThat(model.getGraph().getOutput(0).getName()).isEqualTo("embedding");
    assertThat(model.getGraph().getNodeList())
        .extracting(NodeProto::getName)
        .doesNotHaveDuplicates();
  }

  @Test
  void zerosHaveNoLengthAndStayZeros() {
    Sketch tiny = Sketch.tiny();
    Arrays.fill(tiny.weights().get("embedding.norm.weight"), 0);
    Arrays.fill(tiny.weights().get("embedding.norm.bias"), 0);
    Path file = folder.resolve("model.onnx");
    tiny.write(file);

    try (OpenModel model = ModelFile.open(file)) {
      assertThat(model.twin().encoder().embed(tiny.planes(2, 1), 2)).containsOnly(0f);
    }
  }

  @Test
  void theCheckerFindsAFault() throws Exception {
    Path file = folder.resolve("model.onnx");
    Sketch.tiny().write(file);
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    model.getGraphBuilder().getNodeBuilder(0).setOpType("Konv");
    Files.write(file, model.build().toByteArray());

    assertThatThrownBy(() -> checkAsOnnxDoes(file)).hasMessageContaining("Konv");
  }

  /** The checker of the ONNX project, with shape inference, on the file itself. */
  private static void checkAsOnnxDoes(Path file) {
    onnx.check_model(file.toString(), true, false, true);
  }

  private static dev.doppel.image.Preprocess colour(int side) {
    return new dev.doppel.image.Preprocess(
        side,
        side,
        3,
        false,
        false,
        List.of(0.485f, 0.456f, 0.406f),
        List.of(0.229f, 0.224f, 0.225f));
  }

  private static double spread(float[] values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (float value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return high - low;
  }
}
