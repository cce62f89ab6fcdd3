package dev.doppel.cli;

import dev.doppel.data.Dataset;
import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.error.OptionException;
import dev.doppel.eval.OpenSet;
import dev.doppel.eval.Protocol;
import dev.doppel.eval.Protocols;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose a protocol; one that means nothing to the chosen one is refused. */
final class ProtocolOptions {

  private static final String VERIFICATION = "verification";

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      required = true,
      description = {
        "What to ask:",
        "lake20        Lake's 20 fixed runs: 400 questions, one of 20",
        "koch400       Koch's drawing of 400 such questions",
        "verification  same or different?",
        "episodes      one of N, with K examples each",
        "open-set      who is let in: galleries asked about strangers too (models only)"
      })
  private String name = "";

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the questions (default 1); lake20 needs none.")
  private @Nullable String seed;

  @Option(
      names = "--draws",
      paramLabel = "N",
      description =
          "koch400: mean over this many drawings (default 1); open-set: galleries of each size"
              + " (default 50).")
  private @Nullable String draws;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "episodes: questions (1000); verification: pairs (10000).")
  private @Nullable String trials;

  @Option(
      names = "--ways",
      paramLabel = "N",
      description = "episodes: classes to choose from (default 20).")
  private @Nullable String ways;

  @Option(
      names = "--shots",
      paramLabel = "K",
      description = "episodes: examples of each class (default 1).")
  private @Nullable String shots;

  @Option(
      names = "--queries",
      paramLabel = "N",
      description = "episodes: questions that share one support set (default 1).")
  private @Nullable String queries;

  @Option(
      names = "--within",
      description =
          "episodes, verification: compare within one alphabet (default); open-set: let strangers be"
              + " of the gallery's alphabet, which is harder.")
  private boolean within;

  @Option(
      names = "--across",
      description =
          "episodes, verification, open-set: compare across alphabets, which is easier (open-set:"
              + " default).")
  private boolean across;

  @Option(
      names = "--alphabets",
      paramLabel = "PART",
      description = {
        "koch400, episodes, open-set: ask about 'test', the ten of Lake's runs (default),",
        "or 'validation', the ten others: choose settings by those alone."
      })
  private @Nullable String alphabets;

  @Option(
      names = "--gallery",
      paramLabel = "N,…",
      description =
          "open-set: labels enrolled (default 20,100,600; 20,100 of the validation alphabets;"
              + " 20 within one).")
  private @Nullable String gallery;

  @Option(
      names = "--false-accepts",
      paramLabel = "SHARE,…",
      description = "open-set: shares that thresholds are set for (default 0.01,0.001).")
  private @Nullable String falseAccepts;

  /** Refuses what makes no sense, before anything is read. */
  void check() {
    List<String> names = new ArrayList<>(Protocols.names());
    names.add(Protocols.OPEN_SET);
    if (!names.contains(name)) {
      throw OptionException.unknown("protocol", name, names);
    }
    if (within && across) {
      throw new OptionException(
          "Both --within and --across", "Questions are one or the other", "Leave one out");
    }
  }

  /** The protocol's name. */
  String name() {
    return name;
  }

  /** Whether several questions share a support set. */
  boolean sharesSupport() {
    return !name.equals("episodes") || (queries != null && !queries.strip().equals("1"));
  }

  /** Whether the open-set protocol is asked for, which needs a calibrated model. */
  boolean openSet() {
    return name.equals(Protocols.OPEN_SET);
  }

  /**
   * The open-set protocol that was asked for.
   *
   * @throws OptionException if an option is not for it, or out of range
   */
  OpenSet openSet(Omniglot omniglot) {
    return Protocols.openSet(omniglot, settings());
  }

  /** The same over a person's own classes. */
  OpenSet openSet(Dataset classes) {
    return Protocols.openSet(classes, settings());
  }

  /**
   * The protocol that was asked for.
   *
   * @throws OptionException if an option is not for it, or out of range
   */
  Protocol over(Omniglot omniglot) {
    return Protocols.named(name, omniglot, settings());
  }

  /** The same over a person's own classes. */
  Protocol over(Dataset classes) {
    return Protocols.named(name, classes, settings());
  }

  private Map<String, String> settings() {
    boolean pairs = name.equals(VERIFICATION);
    Map<String, String> settings = new LinkedHashMap<>();
    put(settings, "seed", seed);
    put(settings, "draws", draws);
    put(settings, pairs ? "pairs" : "trials", trials);
    put(settings, "ways", ways);
    put(settings, "shots", shots);
    put(settings, "queries", queries);
    put(settings, "alphabets", alphabets);
    put(settings, "gallery", gallery);
    put(settings, "false-accepts", falseAccepts);
    if (within || across) {
      settings.put(
          pairs ? "negatives" : "scope",
          pairs ? (within ? "same-group" : "any") : (within ? "within" : "across"));
    }
    return settings;
  }

  private static void put(Map<String, String> settings, String key, @Nullable String value) {
    if (value != null) {
      settings.put(key, value);
    }
  }
}
