package dev.doppel.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small ONNX model as another program might have written it; most embed the channels' means. */
final class ForeignSketch {

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("foreign");

  /** Reads floats of these axes; names leave an axis open. */
  ForeignSketch input(String name, Object... axes) {
    return input(name, TensorProto.DataType.FLOAT, axes);
  }

  ForeignSketch input(String name, TensorProto.DataType type, Object... axes) {
    graph.addInput(value(name, type, axes));
    return this;
  }

  ForeignSketch output(String name, Object... axes) {
    graph.addOutput(value(name, TensorProto.DataType.FLOAT, axes));
    return this;
  }

  ForeignSketch node(String type, String output, String... inputs) {
    return node(NodeProto.newBuilder().setOpType(type), output, inputs);
  }

  ForeignSketch node(NodeProto.Builder node, String output, String... inputs) {
    graph.addNode(node.addAllInput(List.of(inputs)).addOutput(output));
    return this;
  }

  ForeignSketch integers(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    graph.addInitializer(tensor);
    return this;
  }

  GraphProto.Builder graph() {
    return graph;
  }

  /** Means of the channels of {@code [batch, channels, height, width]}, named {@code means}. */
  static ForeignSketch means(Object... axes) {
    return new ForeignSketch()
        .input("data", axes)
        .node("GlobalAveragePool", "pooled", "data")
        .node("Flatten", "means", "pooled")
        .output("means", "n", 3);
  }

  /** The same of {@code [batch, height, width, channels]}. */
  static ForeignSketch meansOfChannelsLast(Object... axes) {
    return new ForeignSketch()
        .input("data", axes)
        .node(
            NodeProto.newBuilder()
                .setOpType("Transpose")
                .addAttribute(
                    AttributeProto.newBuilder()
                        .setName("perm")
                        .setType(AttributeProto.AttributeType.INTS)
                        .addAllInts(List.of(0L, 3L, 1L, 2L))),
            "first",
            "data")
        .node("GlobalAveragePool", "pooled", "first")
        .node("Flatten", "means", "pooled")
        .output("means", "n", 3);
  }

  /** Writes the model, and its description beside it unless that is empty. */
  Path write(Path folder, String description) throws IOException {
    Path file = folder.resolve("face.onnx");
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .setProducerName("other")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(17))
            .setGraph(graph)
            .build();
    Files.write(file, model.toByteArray());
    if (!description.isEmpty()) {
      Files.writeString(folder.resolve("face.json"), description);
    }
    return file;
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, Object... axes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Object axis : axes) {
      TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
      shape.addDim(
          axis instanceof Integer size
              ? dimension.setDimValue(size)
              : dimension.setDimParam(axis.toString()));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
        .build();
  }
}
