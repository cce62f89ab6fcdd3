package dev.doppel.torch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.doppel.error.ModelException;
import dev.doppel.error.OptionException;
import dev.doppel.error.Reason;
import dev.doppel.network.Weights;
import dev.doppel.option.Settings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was learned episode by episode, as a file: JSON, numbers as little-endian floats in base64.
 *
 * @param method {@code relation}, {@code graph} or {@code maml}
 * @param settings of the plan it was learned by
 * @param encoder fingerprint of the model whose embeddings a head is for; empty for MAML
 * @param dim length of these embeddings; 0 for MAML
 * @param data name of the data it was learned from
 * @param synthetic whether a program drew that data
 * @param weights all numbers, by name
 */
public record FewShotFile(
    String method,
    Map<String, String> settings,
    String encoder,
    int dim,
    String data,
    boolean synthetic,
    Weights weights) {

  /** What MAML is called. */
  public static final String MAML = "maml";

  /** All methods that are learned. */
  public static final List<String> METHODS = List.of(RelationHead.NAME, GraphHead.NAME, MAML);

  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  public FewShotFile {
    settings = Map.copyOf(settings);
    if (!METHODS.contains(method)) {
      throw OptionException.unknown("method", method, METHODS);
    }
  }

  /** A head as it left training. */
  public static FewShotFile of(TrainedHead head, String encoder, String data, boolean synthetic) {
    return new FewShotFile(
        head.plan().head(),
        Settings.of(head.plan()),
        encoder,
        head.dim(),
        data,
        synthetic,
        head.weights());
  }

  /** A start as it left training. */
  public static FewShotFile of(TaskLearner learner, String data, boolean synthetic) {
    return new FewShotFile(
        MAML, Settings.of(learner.plan()), "", 0, data, synthetic, learner.weights());
  }

  /** The head; the caller closes it. */
  public TrainedHead head() {
    return new TrainedHead(plan(HeadPlan.of(method)), dim, weights);
  }

  /** The start; the caller closes it. */
  public TaskLearner learner() {
    return new TaskLearner(plan(MamlPlan.defaults()), weights);
  }

  private <P extends Record> P plan(P defaults) {
    P plan = defaults;
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      plan = Settings.with(plan, setting.getKey(), setting.getValue());
    }
    return plan;
  }

  /**
   * Writes it beside its place, then renames it over.
   *
   * @throws ModelException if the disk refuses
   */
  public void write(Path file) {
    ObjectNode json = JSON.createObjectNode().put("format", FORMAT).put("method", method);
    json.put("encoder", encoder).put("dim", dim).put("data", data).put("synthetic", synthetic);
    ObjectNode plan = json.putObject("settings");
    settings.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(setting -> plan.put(setting.getKey(), setting.getValue()));
    ObjectNode numbers = json.putObject("weights");
    weights.values().forEach((name, values) -> numbers.put(name, base64(values)));
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    try {
      json.put("sha256", sha256(json));
      Files.write(beside, JSON.writeValueAsBytes(json));
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException refused) {
      throw new ModelException(
          "What was learned cannot be written to " + file + " (" + Reason.of(refused) + ")",
          "It needs a folder that exists, with room and permission to write",
          "Choose another file with --out",
          refused);
    }
  }

  /**
   * Reads one.
   *
   * @throws ModelException if there is none, or it is damaged
   */
  public static FewShotFile read(Path file) {
    try {
      JsonNode json = JSON.readTree(file.toFile());
      if (!(json instanceof ObjectNode object) || json.path("format").asInt() != FORMAT) {
        throw damaged(file, "it has no format " + FORMAT, null);
      }
      JsonNode seal = object.remove("sha256");
      if (seal == null || !seal.asText().equals(sha256(object))) {
        throw damaged(file, "its checksum is another one", null);
      }
      Map<String, String> settings = new LinkedHashMap<>();
      json.path("settings")
          .properties()
          .forEach(each -> settings.put(each.getKey(), each.getValue().asText()));
      Map<String, float[]> weights = new LinkedHashMap<>();
      json.path("weights")
          .properties()
          .forEach(each -> weights.put(each.getKey(), floats(each.getValue().asText())));
      return new FewShotFile(
          json.path("method").asText(),
          settings,
          json.path("encoder").asText(),
          json.path("dim").asInt(),
          json.path("data").asText(),
          json.path("synthetic").asBoolean(),
          new Weights(weights));
    } catch (IOException unreadable) {
      throw damaged(file, unreadable.toString(), unreadable);
    }
  }

  private static ModelException damaged(
      Path file, String what, @org.jspecify.annotations.Nullable Exception cause) {
    String given = file + " cannot be read: " + what;
    String allowed = "Expected a whole file that `doppel fewshot train` wrote";
    String next = "Name the right one, restore it from a copy, or train again";
    return cause == null
        ? new ModelException(given, allowed, next)
        : new ModelException(given, allowed, next, cause);
  }

  /** Of the JSON without its seal. */
  private static String sha256(ObjectNode unsealed) throws JsonProcessingException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(JSON.writeValueAsBytes(unsealed)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }

  private static String base64(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static float[] floats(String base64) {
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.remaining() / 4];
    bytes.asFloatBuffer().get(values);
    return values;
  }
}
