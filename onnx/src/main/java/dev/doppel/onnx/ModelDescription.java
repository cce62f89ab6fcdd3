package dev.doppel.onnx;

import dev.doppel.error.ModelException;
import dev.doppel.error.NearestName;
import dev.doppel.error.Reason;
import dev.doppel.image.Framing;
import dev.doppel.image.Preprocess;
import dev.doppel.model.Calibration;
import dev.doppel.model.Head;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a person says about a model that Doppel did not write: the file {@code face.json} beside
 * {@code face.onnx}.
 *
 * <p>All that changes an embedding must be said, for a wrong guess would give wrong answers and no
 * error: {@code width}, {@code height}, {@code channels} (1 or 3), {@code order} (RGB or BGR; 3
 * channels only), {@code layout} (NCHW or NHWC), {@code scale} (samples run from 0 to 1 or to 255),
 * {@code mean} and {@code std} (a channel, in the scale and order that the network reads), {@code
 * fit} (stretch, crop, pad) and {@code head} (cosine, euclidean). {@code invert} and {@code
 * centred} (false), {@code input} and {@code output} (needed only if there are several) and {@code
 * calibration} may be left out. Immutable.
 *
 * @param preprocess up to the planes, red first, samples 0 to 1 before mean and deviation
 * @param reversed whether the graph reads blue first
 * @param channelsLast whether the graph reads {@code [batch, height, width, channels]}
 * @param input the graph's input, or null for the only one
 * @param output the graph's output, or null for the only one
 * @param calibration {@link Calibration#NONE} if it was left out
 */
record ModelDescription(
    Preprocess preprocess,
    boolean reversed,
    boolean channelsLast,
    Head head,
    @Nullable String input,
    @Nullable String output,
    Calibration calibration) {

  private static final Set<String> NEEDED =
      Set.of("width", "height", "channels", "layout", "scale", "mean", "std", "fit", "head");

  private static final Set<String> OPTIONAL =
      Set.of("order", "invert", "centred", "input", "output", "calibration");

  /** Longer than any description. */
  private static final long MAX_BYTES = 1 << 20;

  private static final int MAX_SIDE = 4096;

  /** The file that describes a model: its name with {@code .json} for its ending. */
  static Path beside(Path model) {
    String name = String.valueOf(model.getFileName());
    int dot = name.lastIndexOf('.');
    return model.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".json");
  }

  /** Reads a description; null if there is no such file. */
  static @Nullable ModelDescription read(Path file) {
    if (!Files.exists(file)) {
      return null;
    }
    try {
      return of(Fields.of(text(file)));
    } catch (IOException | IllegalArgumentException e) {
      throw new ModelException(
          file + " does not describe a model: " + e.getMessage(),
          "Its fields are " + String.join(", ", names()),
          "Correct it",
          e);
    }
  }

  private static String text(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MAX_BYTES) {
      throw new IOException("it has %,d bytes".formatted(size));
    }
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private static Set<String> names() {
    Set<String> names = new TreeSet<>(NEEDED);
    names.addAll(OPTIONAL);
    return names;
  }

  private static ModelDescription of(Fields fields) throws IOException {
    for (String given : fields.values().keySet()) {
      if (!names().contains(given)) {
        String nearest = NearestName.of(given, names());
        throw new IOException(
            "there is no field \""
                + given
                + "\""
                + (nearest == null ? "" : "; did you mean \"" + nearest + "\"?"));
      }
    }
    Set<String> missing = new TreeSet<>(NEEDED);
    if (fields.has("channels") && fields.integer("channels") == 3) {
      missing.add("order");
    }
    missing.removeAll(fields.values().keySet());
    if (!missing.isEmpty()) {
      throw new IOException("\"" + String.join("\", \"", missing) + "\" must be said");
    }
    boolean reversed =
        fields.has("order")
            && oneOf(fields, "order", List.of("RGB", "BGR"), Function.identity()).equals("BGR");
    int scale = fields.integer("scale");
    if (scale != 1 && scale != 255) {
      throw new IOException("\"scale\" is " + scale + ", not 1 or 255");
    }
    String layout = oneOf(fields, "layout", List.of("NCHW", "NHWC"), Function.identity());
    return new ModelDescription(
        preprocess(fields, scale, reversed),
        reversed,
        layout.equals("NHWC"),
        oneOf(fields, "head", List.of(new Head.Cosine(), new Head.Euclidean()), Head::name),
        fields.has("input") ? fields.text("input") : null,
        fields.has("output") ? fields.text("output") : null,
        fields.has("calibration")
            ? CalibrationJson.read(fields.object("calibration"))
            : Calibration.NONE);
  }

  private static Preprocess preprocess(Fields fields, int scale, boolean reversed)
      throws IOException {
    return new Preprocess(
        side(fields, "width"),
        side(fields, "height"),
        fields.integer("channels"),
        fields.has("invert") && fields.truth("invert"),
        fields.has("centred") && fields.truth("centred"),
        redFirst(fields.floats("mean"), scale, reversed),
        redFirst(fields.floats("std"), scale, reversed),
        oneOf(fields, "fit", List.of(Framing.values()), Framing::text));
  }

  private static int side(Fields fields, String name) throws IOException {
    int side = fields.integer(name);
    if (side < 1 || side > MAX_SIDE) {
      throw new IOException("\"" + name + "\" is " + side + ", not 1 to " + MAX_SIDE);
    }
    return side;
  }

  /** Numbers of the network's scale and order in those of {@link Preprocess}. */
  private static List<Float> redFirst(List<Float> values, int scale, boolean reversed) {
    List<Float> floats = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      floats.add(values.get(reversed ? values.size() - 1 - i : i) / scale);
    }
    return floats;
  }

  private static <T> T oneOf(Fields fields, String name, List<T> all, Function<T, String> text)
      throws IOException {
    String given = fields.text(name);
    for (T each : all) {
      if (text.apply(each).equals(given)) {
        return each;
      }
    }
    throw new IOException(
        "\"%s\" is \"%s\", none of %s"
            .formatted(name, given, String.join(", ", all.stream().map(text).toList())));
  }

  /**
   * What makes the scores, as one text: two descriptions that mean the same have the same one.
   *
   * @param wiring the names of input and output, if need be from the graph
   */
  String canonical(Wiring wiring) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("preprocess", Metadata.json(preprocess));
    fields.put("order", reversed ? "BGR" : "RGB");
    fields.put("layout", channelsLast ? "NHWC" : "NCHW");
    fields.put("head", Metadata.json(head));
    fields.put("input", wiring.input());
    fields.put("output", wiring.output());
    return Json.write(fields);
  }

  /**
   * Writes a calibration into a description, whose other fields stay; replaces the file as a whole.
   *
   * @throws ModelException if it cannot be written
   */
  static void calibrate(Path file, Calibration calibration) {
    try {
      Map<String, Object> fields = new LinkedHashMap<>(Fields.of(text(file)).values());
      fields.put("calibration", CalibrationJson.object(calibration));
      byte[] json = Json.lines(fields).getBytes(StandardCharsets.UTF_8);
      Replacement.write(file, out -> out.write(json));
    } catch (IOException e) {
      throw new ModelException(
          file + " cannot be read: " + Reason.of(e),
          "A description that could be read before is expected",
          "Check its permissions and the disk",
          e);
    }
  }
}
