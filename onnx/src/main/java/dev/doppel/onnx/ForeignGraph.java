package dev.doppel.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.doppel.error.ModelException;
import dev.doppel.error.NearestName;
import dev.doppel.image.Preprocess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a graph that Doppel did not write reads and gives, held against its description; what does
 * not fit is explained with the line to change.
 *
 * @param file the model, for messages
 * @param description the file that describes it, for messages
 * @param inputs all inputs, in the graph's order
 * @param outputs all outputs, in the graph's order
 */
record ForeignGraph(Path file, Path description, List<Port> inputs, List<Port> outputs) {

  /**
   * An input or output.
   *
   * @param axes sizes, -1 where the graph leaves one open; null if it is no tensor
   */
  record Port(String name, OnnxJavaType type, long @Nullable [] axes) {

    @Override
    public String toString() {
      if (axes == null) {
        return "\"" + name + "\", no tensor";
      }
      List<String> sizes = new ArrayList<>();
      for (long axis : axes) {
        sizes.add(axis < 0 ? "?" : Long.toString(axis));
      }
      return "\"%s\" %s[%s]"
          .formatted(
              name, type.name().toLowerCase(java.util.Locale.ROOT), String.join(", ", sizes));
    }
  }

  static ForeignGraph of(Path file, Path description, OrtSession session) throws OrtException {
    return new ForeignGraph(
        file, description, ports(session.getInputInfo()), ports(session.getOutputInfo()));
  }

  private static List<Port> ports(Map<String, NodeInfo> nodes) {
    List<Port> ports = new ArrayList<>();
    nodes.forEach(
        (name, node) ->
            ports.add(
                node.getInfo() instanceof TensorInfo tensor
                    ? new Port(name, tensor.type, tensor.getShape())
                    : new Port(name, OnnxJavaType.UNKNOWN, null)));
    return ports;
  }

  /** How to feed the graph, if it fits what is said of it. */
  Wiring wiring(ModelDescription said) {
    if (inputs.size() != 1) {
      throw unfit(
          "reads %d inputs: %s".formatted(inputs.size(), listed(inputs)),
          "A model of one input, the image, is expected",
          "Export it again with the others as constants");
    }
    Port in = chosen(inputs, said.input(), "input");
    Port out = chosen(outputs, said.output(), "output");
    float32(in);
    float32(out);
    int batch = checkShape(in, said);
    return new Wiring(
        in.name(),
        out.name(),
        said.channelsLast(),
        said.reversed(),
        batch > 0 ? batch : Wiring.BATCH,
        batch > 0);
  }

  private Port chosen(List<Port> ports, @Nullable String name, String kind) {
    if (name == null) {
      if (ports.size() == 1) {
        return ports.get(0);
      }
      throw unfit(
          "has %d %ss: %s".formatted(ports.size(), kind, listed(ports)),
          "The one that holds the embedding must be named",
          "Add \"%s\": \"%s\" to %s, or another of them"
              .formatted(kind, ports.get(ports.size() - 1).name(), description));
    }
    for (Port port : ports) {
      if (port.name().equals(name)) {
        return port;
      }
    }
    String nearest = NearestName.of(name, ports.stream().map(Port::name).toList());
    throw unfit(
        "has no %s \"%s\"".formatted(kind, name),
        "It has " + listed(ports),
        nearest == null
            ? "Change \"%s\" in %s".formatted(kind, description)
            : "Did you mean \"%s\"? Change it in %s".formatted(nearest, description));
  }

  private void float32(Port port) {
    if (port.axes() == null || port.type() != OnnxJavaType.FLOAT) {
      String next =
          switch (port.type()) {
            case FLOAT16, BFLOAT16 ->
                "Convert it to 32-bit floats, or keep its inputs and outputs in them"
                    + " (keep_io_types=True of onnxconverter-common)";
            case UINT8, INT8 ->
                "Export it with floats at its rim, and let the scaling be said in " + description;
            default -> "Export it with 32-bit floats as input and output";
          };
      throw unfit("has " + port, "Images and embeddings are 32-bit floats", next);
    }
  }

  /** The fixed batch, or -1 if any will do. */
  private int checkShape(Port in, ModelDescription said) {
    long[] axes = in.axes();
    if (axes == null || axes.length != 4) {
      throw unfit(
          "reads " + in,
          "An image is four axes: batch, channels, height, width in some order",
          "Export it again with such an input");
    }
    if (axes[0] == 0 || axes[0] > 4096) {
      throw unfit("reads " + in, "A batch has 1 to 4096 images", "Export it with another batch");
    }
    Map<String, String> wrong = wrong(axes, said.preprocess(), said.channelsLast());
    if (!wrong.isEmpty()) {
      String layout = said.channelsLast() ? "NCHW" : "NHWC";
      boolean other = wrong(axes, said.preprocess(), !said.channelsLast()).isEmpty();
      throw unfit(
          "reads " + in + ", where %s says ".formatted(description) + shape(said),
          "Both must agree wherever the graph leaves no size open",
          "Change in %s %s"
              .formatted(
                  description,
                  other
                      ? "\"layout\" to \"" + layout + "\""
                      : String.join(
                          " and ",
                          wrong.entrySet().stream()
                              .map(each -> "\"" + each.getKey() + "\" to " + each.getValue())
                              .toList())));
    }
    return (int) axes[0];
  }

  /** The fields that contradict the graph, with what it wants. */
  private static Map<String, String> wrong(long[] axes, Preprocess said, boolean channelsLast) {
    Map<String, String> wrong = new LinkedHashMap<>();
    compare(wrong, "channels", said.channels(), axes[channelsLast ? 3 : 1]);
    compare(wrong, "height", said.height(), axes[channelsLast ? 1 : 2]);
    compare(wrong, "width", said.width(), axes[channelsLast ? 2 : 3]);
    return wrong;
  }

  private static void compare(Map<String, String> wrong, String field, int said, long axis) {
    if (axis >= 0 && axis != said) {
      wrong.put(field, Long.toString(axis));
    }
  }

  private static String shape(ModelDescription said) {
    Preprocess planes = said.preprocess();
    return said.channelsLast()
        ? "[?, %d, %d, %d] (NHWC)".formatted(planes.height(), planes.width(), planes.channels())
        : "[?, %d, %d, %d] (NCHW)".formatted(planes.channels(), planes.height(), planes.width());
  }

  /**
   * The length of an embedding, from what a run of so many images gave.
   *
   * @param axes of the output
   */
  int dim(Wiring wiring, int images, long[] axes) {
    long dim = axes.length < 2 ? 0 : axes[1];
    boolean flat = axes.length >= 2 && axes[0] == images && dim >= 1 && dim <= Integer.MAX_VALUE;
    for (int i = 2; i < axes.length; i++) {
      flat &= axes[i] == 1;
    }
    if (!flat) {
      throw unfit(
          "gives "
              + new Port(wiring.output(), OnnxJavaType.FLOAT, axes)
              + " for %d image%s".formatted(images, images == 1 ? "" : "s"),
          "An embedding is a row an image: [batch, dim] or [batch, dim, 1, 1]",
          outputs.size() == 1
              ? "Export the model up to its pooled embedding"
              : "Name another \"output\" in %s: %s".formatted(description, listed(outputs)));
    }
    return (int) dim;
  }

  /** The words for a model without a description, with one to begin from. */
  ModelException undescribed() {
    return unfit(
        "is an ONNX model without Doppel's metadata, and there is no " + description,
        "It reads %s and gives %s. A file beside it must say how images reach it"
            .formatted(listed(inputs), listed(outputs)),
        "Write %s like this, and put in what its makers say:%n%s"
            .formatted(description, template()));
  }

  /** A description with the sizes the graph demands, and the commonest values for the rest. */
  private String template() {
    long[] found = inputs.isEmpty() ? null : inputs.get(0).axes();
    long[] axes = found != null && found.length == 4 ? found : new long[] {-1, 3, -1, -1};
    boolean last = axes[1] != 1 && axes[1] != 3 && (axes[3] == 1 || axes[3] == 3);
    boolean grey = axes[last ? 3 : 1] == 1;
    List<Double> half = grey ? List.of(0.5) : List.of(0.5, 0.5, 0.5);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("width", size(axes[last ? 2 : 3]));
    fields.put("height", size(axes[last ? 1 : 2]));
    fields.put("channels", grey ? 1 : 3);
    if (!grey) {
      fields.put("order", "RGB");
    }
    fields.put("layout", last ? "NHWC" : "NCHW");
    fields.put("scale", 1);
    fields.put("mean", half);
    fields.put("std", half);
    fields.put("fit", "stretch");
    fields.put("head", "cosine");
    if (outputs.size() > 1) {
      fields.put("output", outputs.get(0).name());
    }
    return Json.lines(fields);
  }

  /** A side that the graph leaves open is often this. */
  private static int size(long axis) {
    return axis > 0 ? (int) axis : 224;
  }

  private static String listed(List<Port> ports) {
    return String.join(", ", ports.stream().map(Port::toString).toList());
  }

  private ModelException unfit(String given, String allowed, String next) {
    return new ModelException(file + " " + given, allowed, next);
  }
}
