package dev.doppel.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.doppel.network.Architecture;
import dev.doppel.network.Blueprint;
import dev.doppel.network.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** The ONNX message of a model: graph, weights, metadata, all but the seal. */
final class ModelProtos {

  /** Widely supported: ONNX 1.12 and ONNX Runtime 1.12 already read both. */
  private static final int OPSET = 17;

  private static final int IR_VERSION = 8;

  private ModelProtos() {}

  /** Writes the message; holds one more copy of the weights meanwhile. */
  static void write(Blueprint blueprint, Weights weights, Metadata metadata, OutputStream out)
      throws IOException {
    Architecture architecture = blueprint.architecture();
    GraphProto.Builder graph = GraphProto.newBuilder().setName(architecture.name());
    GraphWriter writer = new GraphWriter(graph);
    writer.weights(blueprint, weights);
    writer.output(architecture.apply(writer, OnnxEncoder.INPUT), OnnxEncoder.OUTPUT);
    int channels = architecture.inputChannels();
    int side = architecture.inputSide();
    graph.addInput(floats(OnnxEncoder.INPUT, List.of(channels, side, side)));
    graph.addOutput(floats(OnnxEncoder.OUTPUT, List.of(blueprint.dim())));

    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .setProducerName(ModelBytes.PRODUCER)
            .setProducerVersion(metadata.provenance().versions().getOrDefault("doppel", "unknown"))
            .setDomain("dev.doppel")
            .setModelVersion(1)
            .setDocString(description(blueprint, metadata))
            .setGraph(graph);
    metadata
        .properties()
        .forEach(
            (key, value) ->
                model.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    model.build().writeTo(out);
  }

  /** For whoever opens the file with another tool. */
  private static String description(Blueprint blueprint, Metadata metadata) {
    Architecture architecture = blueprint.architecture();
    return """
        One of two identical twins that tell whether two images show the same thing: architecture \
        %s, %,d parameters. Reads %s [batch, %d, %d, %d], gives %s [batch, %d]. Prepare images as \
        doppel.preprocess says and compare two embeddings as doppel.head says; fingerprint %s."""
        .formatted(
            architecture.name(),
            blueprint.parameters(),
            OnnxEncoder.INPUT,
            architecture.inputChannels(),
            architecture.inputSide(),
            architecture.inputSide(),
            OnnxEncoder.OUTPUT,
            blueprint.dim(),
            metadata.fingerprint());
  }

  /** Floats with a batch of any size as the first axis. */
  private static ValueInfoProto floats(String name, List<Integer> axes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"));
    axes.forEach(axis -> shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(axis)));
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT_VALUE)
                        .setShape(shape)))
        .build();
  }
}
