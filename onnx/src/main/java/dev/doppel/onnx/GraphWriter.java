package dev.doppel.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.doppel.network.Blueprint;
import dev.doppel.network.Conv;
import dev.doppel.network.Operators;
import dev.doppel.network.Shape;
import dev.doppel.network.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The interpreter that writes an architecture down as ONNX nodes (opset 17); a value is the name of
 * the node that makes it.
 *
 * <p>Weights become initializers under their own names. Not thread-safe; used once.
 */
final class GraphWriter implements Operators<String> {

  private static final String SHORTEST = "shortest";
  private static final String PLANE_AXES = "plane.axes";
  private static final String IN_A_ROW = "in.a.row";

  private final GraphProto.Builder graph;
  private final Set<String> constants = new HashSet<>();

  GraphWriter(GraphProto.Builder graph) {
    this.graph = graph;
  }

  /** Adds every weight, little-endian; copies each once. */
  void weights(Blueprint blueprint, Weights weights) {
    for (Map.Entry<String, Shape> weight : blueprint.weights().entrySet()) {
      initializer(weight.getKey(), weight.getValue().axes(), weights.get(weight.getKey()));
    }
  }

  @Override
  public String conv(String name, String input, Conv conv) {
    NodeProto.Builder node = layer("Conv", name, input, name + ".weight");
    if (conv.bias()) {
      node.addInput(name + ".bias");
    }
    int p = conv.padding();
    return add(
        node.addAttribute(ints("kernel_shape", conv.height(), conv.width()))
            .addAttribute(integer("group", conv.groups()))
            .addAttribute(ints("pads", p, p, p, p))
            .addAttribute(ints("strides", conv.stride(), conv.stride())));
  }

  @Override
  public String batchNorm(String name, String input) {
    NodeProto.Builder node = layer("BatchNormalization", name, input);
    for (String part : List.of(".weight", ".bias", ".mean", ".variance")) {
      node.addInput(name + part);
    }
    return add(
        node.addAttribute(
            AttributeProto.newBuilder()
                .setName("epsilon")
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(BATCH_NORM_EPSILON)));
  }

  @Override
  public String relu(String input) {
    return add(step("Relu", input));
  }

  @Override
  public String sigmoid(String input) {
    return add(step("Sigmoid", input));
  }

  @Override
  public String maxPool(String input, int side) {
    return add(
        step("MaxPool", input)
            .addAttribute(ints("kernel_shape", side, side))
            .addAttribute(ints("strides", side, side)));
  }

  @Override
  public String add(String left, String right) {
    return add(step("Add", left, right));
  }

  @Override
  public String scale(String planes, String factors) {
    constant(PLANE_AXES, 2, 3);
    return add(step("Mul", planes, add(step("Unsqueeze", factors, PLANE_AXES))));
  }

  /** Positions are one axis while they attend; the value's own shape leads back to planes. */
  @Override
  public String attention(String query, String key, String value, double factor) {
    constant(IN_A_ROW, 0, 0, -1);
    String byKey = add(step("Transpose", row(key)).addAttribute(ints("perm", 0, 2, 1)));
    String scores = add(step("MatMul", byKey, row(query))); // [batch, j, i]
    String constant = "factor." + graph.getNodeCount();
    initializer(constant, List.of(), (float) factor);
    String shares =
        add(step("Softmax", add(step("Mul", scores, constant))).addAttribute(integer("axis", 1)));
    String mixed = add(step("MatMul", row(value), shares));
    return add(step("Reshape", mixed, add(step("Shape", value))));
  }

  private String row(String planes) {
    return add(step("Reshape", planes, IN_A_ROW));
  }

  @Override
  public String flatten(String input) {
    return add(step("Flatten", input).addAttribute(integer("axis", 1)));
  }

  @Override
  public String globalAverage(String input) {
    return flatten(add(step("GlobalAveragePool", input)));
  }

  @Override
  public String dense(String name, String input, int features) {
    return add(
        layer("Gemm", name, input, name + ".weight", name + ".bias")
            .addAttribute(integer("transB", 1)));
  }

  /** x / max(|x|, shortest), spelt out: LpNormalization leaves open what becomes of zeros. */
  @Override
  public String unitLength(String input) {
    if (constants.add(SHORTEST)) {
      initializer(SHORTEST, List.of(), SHORTEST_LENGTH);
    }
    String length =
        add(
            step("ReduceL2", input)
                .addAttribute(ints("axes", 1))
                .addAttribute(integer("keepdims", 1)));
    return add(step("Div", input, add(step("Max", length, SHORTEST))));
  }

  /** Makes a value the graph's output, under a name that no layer can have taken. */
  void output(String value, String name) {
    add(node("Identity", name, value));
  }

  /** A node with weights. */
  private static NodeProto.Builder layer(String type, String name, String... inputs) {
    return node(type, name + ".out", inputs);
  }

  /** A node without a name of its own: numbered, since one value may go several ways. */
  private NodeProto.Builder step(String type, String... inputs) {
    return node(type, type + "." + graph.getNodeCount(), inputs);
  }

  private static NodeProto.Builder node(String type, String name, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(type)
        .setName(name)
        .addAllInput(List.of(inputs))
        .addOutput(name);
  }

  private String add(NodeProto.Builder node) {
    graph.addNode(node);
    return node.getName();
  }

  private void initializer(String name, List<Integer> axes, float... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .setRawData(littleEndian(values));
    axes.forEach(tensor::addDims);
    graph.addInitializer(tensor);
  }

  /** Adds whole numbers that nodes ask for, once. */
  private void constant(String name, long... values) {
    if (constants.add(name)) {
      TensorProto.Builder tensor =
          TensorProto.newBuilder()
              .setName(name)
              .setDataType(TensorProto.DataType.INT64_VALUE)
              .addDims(values.length);
      for (long value : values) {
        tensor.addInt64Data(value);
      }
      graph.addInitializer(tensor);
    }
  }

  private static ByteString littleEndian(float[] values) {
    byte[] bytes = new byte[Math.multiplyExact(4, values.length)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return UnsafeByteOperations.unsafeWrap(bytes); // nobody else holds the array
  }

  private static AttributeProto ints(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }
}
