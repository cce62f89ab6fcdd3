package dev.doppel.onnx;

import dev.doppel.error.ModelException;
import dev.doppel.image.Framing;
import dev.doppel.image.Preprocess;
import dev.doppel.model.Calibration;
import dev.doppel.model.Head;
import dev.doppel.model.Provenance;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * All of a model but its graph, and its form as JSON texts.
 *
 * @param fingerprint see {@link Fingerprint}
 */
record Metadata(
    String architecture,
    Preprocess preprocess,
    Head head,
    Calibration calibration,
    Provenance provenance,
    String fingerprint) {

  /** What every key of ours begins with. */
  static final String PREFIX = "doppel.";

  /** The only entry that may change without making another model. */
  static final String CALIBRATION = PREFIX + "calibration";

  /** Raised when older versions of Doppel could no longer read the file rightly. */
  static final long FORMAT = 2;

  static final String FORMAT_KEY = PREFIX + "format";

  /** As they stand in the file. */
  Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(FORMAT_KEY, Json.write(FORMAT));
    properties.put(PREFIX + "architecture", Json.write(architecture));
    properties.put(PREFIX + "preprocess", json(preprocess));
    properties.put(PREFIX + "head", json(head));
    properties.put(CALIBRATION, CalibrationJson.write(calibration));
    properties.put(PREFIX + "provenance", json(provenance));
    properties.put(PREFIX + "fingerprint", Json.write(fingerprint));
    return properties;
  }

  /** Whether a file's metadata are of ours at all. */
  static boolean isIn(Map<String, String> properties) {
    return properties.containsKey(FORMAT_KEY);
  }

  /**
   * The inverse of {@link #properties}.
   *
   * @param file for messages
   */
  static Metadata read(Path file, Map<String, String> properties) {
    String reading = FORMAT_KEY;
    try {
      long format = (Long) Json.read(text(properties, reading));
      if (format > FORMAT) {
        throw new ModelException(
            file + " has format " + format,
            "This version of Doppel reads format " + FORMAT,
            "Use a newer version of Doppel");
      }
      reading = PREFIX + "architecture";
      String architecture = (String) Json.read(text(properties, reading));
      reading = PREFIX + "preprocess";
      Preprocess preprocess = preprocess(text(properties, reading));
      reading = PREFIX + "head";
      Head head = head(text(properties, reading));
      reading = CALIBRATION;
      Calibration calibration = CalibrationJson.read(text(properties, reading));
      reading = PREFIX + "provenance";
      Provenance provenance = provenance(text(properties, reading));
      reading = PREFIX + "fingerprint";
      String fingerprint = (String) Json.read(text(properties, reading));
      return new Metadata(architecture, preprocess, head, calibration, provenance, fingerprint);
    } catch (IOException | IllegalArgumentException | ClassCastException e) {
      throw new ModelException(
          file + " cannot be used, its metadata " + reading + " are wrong: " + e.getMessage(),
          "A model file of format " + FORMAT + " is expected",
          "Make it again with doppel train",
          e);
    }
  }

  private static String text(Map<String, String> properties, String key) throws IOException {
    String text = properties.get(key);
    if (text == null) {
      throw new IOException("missing");
    }
    return text;
  }

  static String json(Preprocess preprocess) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("width", preprocess.width());
    fields.put("height", preprocess.height());
    fields.put("channels", preprocess.channels());
    fields.put("invert", preprocess.invert());
    fields.put("centred", preprocess.centred());
    fields.put("mean", preprocess.mean());
    fields.put("std", preprocess.std());
    if (preprocess.framing() != Framing.STRETCH) { // as all files were before there was a choice
      fields.put("fit", preprocess.framing().text());
    }
    return Json.write(fields);
  }

  private static Preprocess preprocess(String json) throws IOException {
    Fields fields = Fields.of(json);
    Set<String> names =
        new HashSet<>(Set.of("width", "height", "channels", "invert", "centred", "mean", "std"));
    if (fields.has("fit")) {
      names.add("fit");
    }
    fields.demand(names);
    return new Preprocess(
        fields.integer("width"),
        fields.integer("height"),
        fields.integer("channels"),
        fields.truth("invert"),
        fields.truth("centred"),
        fields.floats("mean"),
        fields.floats("std"),
        fields.has("fit") ? framing(fields.text("fit")) : Framing.STRETCH);
  }

  private static Framing framing(String text) throws IOException {
    for (Framing framing : Framing.values()) {
      if (framing.text().equals(text)) {
        return framing;
      }
    }
    throw new IOException("fit " + text + " is none of stretch, crop, pad");
  }

  static String json(Head head) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", head.name());
    if (head instanceof Head.WeightedL1 weighted) {
      fields.put("bias", weighted.bias());
      fields.put("weights", base64(weighted.weights()));
    }
    return Json.write(fields);
  }

  private static Head head(String json) throws IOException {
    Fields fields = Fields.of(json);
    String name = fields.text("name");
    switch (name) {
      case "weighted-l1" -> {
        fields.demand(Set.of("name", "bias", "weights"));
        return new Head.WeightedL1(floats(fields.text("weights")), (float) fields.number("bias"));
      }
      case "cosine" -> {
        fields.demand(Set.of("name"));
        return new Head.Cosine();
      }
      case "euclidean" -> {
        fields.demand(Set.of("name"));
        return new Head.Euclidean();
      }
      default -> throw new IOException(name + " is none of weighted-l1, cosine, euclidean");
    }
  }

  private static String json(Provenance provenance) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("architecture", provenance.architecture());
    fields.put("data", provenance.data());
    fields.put("dataFingerprint", provenance.dataFingerprint());
    fields.put("synthetic", provenance.synthetic());
    fields.put("seed", provenance.seed());
    fields.put("options", provenance.options());
    fields.put("versions", provenance.versions());
    fields.put("scores", provenance.scores());
    return Json.write(fields);
  }

  private static Provenance provenance(String json) throws IOException {
    Fields fields = Fields.of(json);
    fields.demand(
        Set.of(
            "architecture",
            "data",
            "dataFingerprint",
            "synthetic",
            "seed",
            "options",
            "versions",
            "scores"));
    return new Provenance(
        fields.text("architecture"),
        fields.text("data"),
        fields.text("dataFingerprint"),
        fields.truth("synthetic"),
        fields.whole("seed"),
        fields.texts("options"),
        fields.texts("versions"),
        fields.texts("scores"));
  }

  /** Exact, and a fifth of the length of decimals. */
  private static String base64(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static float[] floats(String base64) throws IOException {
    byte[] bytes = Base64.getDecoder().decode(base64);
    if (bytes.length % 4 != 0) {
      throw new IOException(bytes.length + " bytes are no floats");
    }
    float[] values = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
