package dev.doppel.cli;

import dev.doppel.data.Dataset;
import dev.doppel.data.idx.IdxPart;
import dev.doppel.data.idx.IdxSource;
import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.error.OptionException;
import dev.doppel.eval.OpenSet;
import dev.doppel.eval.Protocol;
import dev.doppel.eval.Protocols;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
        "lake20        one of 20 characters of an alphabet:",
        "              the 400 questions of Lake's 20 runs",
        "koch400       400 such questions, drawn as Koch did",
        "verification  same or different? The threshold comes",
        "              from validation pairs",
        "episodes      one of N classes, K examples of each",
        "vinyals       one of 5 or 20 by 1 or 5 examples each,",
        "              across alphabets, at 28 pixels",
        "robustness    koch400 with queries turned, scaled,",
        "              redrawn, noisy or covered",
        "transfer      one of the ten digits of MNIST, or of",
        "              the classes of --idx",
        "open-set      who is let in? Galleries asked about",
        "              strangers too (models only)"
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
          "koch400, robustness: mean over this many drawings (default 1); open-set: galleries of"
              + " each size (default 50).")
  private @Nullable String draws;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description =
          "episodes, vinyals: questions (1000); transfer: questions (400); verification: pairs"
              + " (10000).")
  private @Nullable String trials;

  @Option(
      names = "--ways",
      paramLabel = "N",
      description =
          "episodes: classes to choose from (default 20); transfer: the same (default all).")
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
          "episodes, verification: compare within one alphabet (default); open-set: let strangers"
              + " be of the gallery's alphabet, which is harder.")
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
      description =
          "koch400, robustness, episodes, open-set: ask about 'test', the ten of Lake's runs"
              + " (default), or 'validation', the ten others: choose settings by those alone.")
  private @Nullable String alphabets;

  @Option(
      names = "--drawers",
      paramLabel = "WHICH",
      description =
          "koch400, verification: 'all' (default), or only the 'legible': without the drawer of"
              + " Ge'ez who wrote Latin letters and question marks in place of what he was shown.")
  private @Nullable String drawers;

  @Option(
      names = "--characters",
      paramLabel = "WHICH",
      description =
          "vinyals: ask about 423 'held-out' characters of the evaluation alphabets (default), or"
              + " about 423 of 'any', for a model that learned from the 1,200 others alone.")
  private @Nullable String characters;

  @Option(
      names = "--distort",
      paramLabel = "KIND[:LEVEL,…]",
      description =
          "robustness: only this, at these levels; may be repeated. rotation (degrees), scale"
              + " (factor), pen (stroke width in pixels), noise and occlusion (shares); default"
              + " all, at usual levels.")
  private List<String> distort = new ArrayList<>();

  @Option(
      names = "--idx",
      paramLabel = "DIR",
      description =
          "transfer: the folder of a set in IDX files, as MNIST, Fashion-MNIST, EMNIST (default:"
              + " mnist in DOPPEL_DATA, data/ or ../shared/data).")
  private @Nullable Path idx;

  @Option(
      names = "--part",
      paramLabel = "PART",
      description =
          "transfer: ask about 'test' images (default) or 'training' ones: choose settings by"
              + " those alone.")
  private @Nullable String part;

  @Option(
      names = "--ink",
      paramLabel = "SHARE",
      description = "transfer: scale the ink to this share of its sheet (default 0.68; 0: do not).")
  private @Nullable String ink;

  @Option(
      names = "--pen",
      paramLabel = "WIDTH",
      description =
          "transfer: redraw strokes by a pen of this width in pixels of 105 (default 5; 0: do"
              + " not).")
  private @Nullable String pen;

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
    names.add(Protocols.TRANSFER);
    names.add(Protocols.OPEN_SET);
    if (!names.contains(name)) {
      throw OptionException.unknown("protocol", name, names);
    }
    if (idx != null && !transfer()) {
      throw new OptionException(
          "--idx with the protocol " + name,
          "Only transfer asks about a set of IDX files",
          "Leave it out, or say --protocol transfer");
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
    return !(name.equals("episodes") || transfer())
        || (queries != null && !queries.strip().equals("1"));
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

  /** Whether another set than Omniglot is asked about. */
  private boolean transfer() {
    return name.equals(Protocols.TRANSFER);
  }

  /**
   * The protocols that were asked for, in the order to report them; most names stand for one.
   *
   * @param data the images that were named
   * @param own reads a person's own classes
   * @param learned whether what answers may have learned from the background alphabets
   * @throws OptionException if an option is not for them, or out of range
   */
  List<Protocol> series(
      DataOptions data, Function<Path, Dataset> own, boolean learned, Console console) {
    if (transfer()) {
      if (data.given()) {
        throw new OptionException(
            "--data or --synthetic with the protocol transfer",
            "It asks about a set of IDX files, as MNIST",
            "Name its folder by --idx");
      }
      return List.of(overIdx());
    }
    Path folder = data.classFolder();
    if (folder != null) {
      return List.of(Protocols.named(name, own.apply(folder), settings()));
    }
    if (!"any".equals(characters)) {
      return Protocols.series(name, data.readForProtocols(console), settings());
    }
    if (learned) {
      console.say(
          "Among these characters are some of the background alphabets: what comes of it"
              + " flatters a model that learned from them.");
    }
    return Protocols.series(name, data.read(console), settings());
  }

  private Protocol overIdx() {
    IdxPart asked =
        part == null || part.equals(IdxPart.TEST.text()) ? IdxPart.TEST : IdxPart.TRAINING;
    if (part != null && !part.equals(asked.text())) {
      throw OptionException.unknown(
          "value of --part", part, List.of(IdxPart.TEST.text(), IdxPart.TRAINING.text()));
    }
    Map<String, String> settings = settings();
    settings.remove("part");
    return Protocols.transfer(IdxSource.here(idx).read(asked), settings);
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
    put(settings, "drawers", drawers);
    put(settings, "characters", characters);
    put(settings, "distort", distort.isEmpty() ? null : String.join(";", distort));
    put(settings, "part", part);
    put(settings, "ink", ink);
    put(settings, "pen", pen);
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
