package dev.doppel.cli;

import dev.doppel.error.OptionException;
import dev.doppel.eval.Matcher;
import dev.doppel.fewshot.FewShotMatcher;
import dev.doppel.fewshot.FewShotMethod;
import dev.doppel.fewshot.FewShotMethods;
import dev.doppel.model.Twin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that let a few-shot method decide in place of a model's head. */
final class MethodOptions {

  private static final List<String> OF_CLASSES =
      List.of("lake20", "koch400", "episodes", "vinyals", "robustness", "transfer");

  @Option(
      names = "--method",
      paramLabel = "NAME",
      description = {
        "How the model's embeddings decide (default: its head, averaged over the shots):",
        "prototypical  the mean of each class's examples",
        "matching      attention over the examples",
        "knn           the vote of the nearest examples",
        "ridge         least squares; its penalty by leaving",
        "              one out",
        "logistic      logistic regression; its penalty by",
        "              folds"
      })
  private @Nullable String name;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = {
        "Change a setting of the method; may be repeated:",
        "space         cosine or euclidean (all methods)",
        "scale         how sharp attention is (matching)",
        "neighbours    how many vote (knn)",
        "penalty       for large weights (ridge, logistic)",
        "folds         what the penalty is set by (logistic)",
        "refinements   a number, or centred=true: learn from",
        "              all queries of an episode at once,",
        "              TRANSDUCTIVE and called so",
        "              (prototypical)"
      })
  private Map<String, String> settings = new LinkedHashMap<>();

  /**
   * The method that was asked for; null for the model's own head.
   *
   * @param protocols what is asked
   * @param model whether a model answers
   * @throws OptionException if there is no such method, or it makes no sense here
   */
  @Nullable FewShotMethod method(ProtocolOptions protocols, boolean model) {
    if (name == null) {
      if (!settings.isEmpty()) {
        throw new OptionException(
            "--set " + settings.keySet().iterator().next() + " without --method",
            "Settings are those of a method",
            "Name one by --method: " + String.join(", ", FewShotMethods.names()));
      }
      return null;
    }
    FewShotMethod method = FewShotMethods.named(name, settings);
    if (!model) {
      throw new OptionException(
          "The method " + name + " without a model",
          "It decides from embeddings, which baselines have none of",
          "Name a model file in place of --matcher");
    }
    refusePairs("The method " + name, protocols.name());
    if (method.transductive() && !protocols.sharesSupport()) {
      throw new OptionException(
          "A transductive " + name + " with one query of each support set",
          "It learns from the other queries of a set, and there are none",
          "Say --queries 15, or take lake20 or koch400, where twenty share a set");
    }
    return method;
  }

  /** Refuses protocols that ask how much alike two images are. */
  static void refusePairs(String what, String protocol) {
    if (!OF_CLASSES.contains(protocol)) {
      throw new OptionException(
          what + " with the protocol " + protocol,
          "It decides between classes; " + protocol + " asks how much alike two images are",
          "Take one of " + String.join(", ", OF_CLASSES));
    }
  }

  /** A model that answers by a method, or by its own head. */
  static Matcher answering(Twin twin, @Nullable FewShotMethod method) {
    return method == null ? twin : new FewShotMatcher(twin.name(), twin.encoder(), method);
  }
}
