package dev.doppel.eval;

import dev.doppel.augment.Harm;
import dev.doppel.data.Dataset;
import dev.doppel.data.folder.FolderSplit;
import dev.doppel.data.omniglot.KochSplit;
import dev.doppel.data.omniglot.Legible;
import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.data.omniglot.VinyalsSplit;
import dev.doppel.episode.EpisodeShape;
import dev.doppel.episode.EpisodeShape.Hands;
import dev.doppel.episode.EpisodeShape.Scope;
import dev.doppel.episode.EpisodeShape.SmallGroups;
import dev.doppel.episode.Negatives;
import dev.doppel.error.OptionException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All protocols, by name, as the command line asks for them.
 *
 * <table>
 * <caption>Settings and their defaults</caption>
 * <tr><td>{@code lake20}</td><td>none</td></tr>
 * <tr><td>{@code koch400}</td><td>{@code seed=1 draws=1 alphabets=test
 * drawers=all}</td></tr>
 * <tr><td>{@code verification}</td><td>{@code seed=1 pairs=10000 negatives=same-group
 * drawers=all}</td></tr>
 * <tr><td>{@code episodes}</td><td>{@code seed=1 trials=1000 ways=20 shots=1 queries=1 scope=within
 * hands=any alphabets=test}</td></tr>
 * <tr><td>{@code vinyals}</td><td>{@code seed=1 trials=1000 characters=held-out}</td></tr>
 * <tr><td>{@code robustness}</td><td>{@code seed=1 draws=1 alphabets=test distort=}, all kinds at
 * their usual levels, or such as {@code rotation:10,20;noise:0.05}</td></tr>
 * </table>
 *
 * <p>{@code hands} is set from Java alone. {@link #transfer} and {@link OpenSet} take settings of
 * their own.
 *
 * <p>The last two are series of protocols, for {@link #series}; every other is a series of one.
 *
 * <p>{@code alphabets} is {@code test}, the ten of Lake's runs, or {@code validation}, the other
 * ten of the evaluation set: choose by those.
 */
public final class Protocols {

  private static final List<String> NAMES =
      List.of("lake20", "koch400", "verification", "episodes", "vinyals", "robustness");

  /** The name of {@link OpenSet}, which is no {@link Protocol}: it needs more than a matcher. */
  public static final String OPEN_SET = "open-set";

  /** The name of {@link Transfer}, which asks about another set than Omniglot. */
  public static final String TRANSFER = "transfer";

  /** The split is always the same; the seed asked for is that of the trials. */
  private static final long VINYALS_SPLIT = 1;

  private Protocols() {}

  /** The names of all protocols over Omniglot. */
  public static List<String> names() {
    return NAMES;
  }

  /** The protocol of that name over a data set, with its default settings. */
  public static Protocol named(String name, Omniglot omniglot) {
    return named(name, omniglot, Map.of());
  }

  /**
   * The protocols of that name over a data set, in the order to report them: all points of a curve
   * or a table for {@code vinyals} and {@code robustness}, and one for every other name.
   *
   * @param settings those that differ from the defaults, as texts
   * @throws OptionException if the name or a setting is unknown, or a value is not allowed
   */
  public static List<Protocol> series(
      String name, Omniglot omniglot, Map<String, String> settings) {
    return switch (name) {
      case "vinyals" -> vinyals(omniglot, new Settings(name, settings));
      case "robustness" -> robustness(KochSplit.of(omniglot), new Settings(name, settings));
      default -> List.of(named(name, omniglot, settings));
    };
  }

  /**
   * {@link Transfer} over a set: {@code seed=1 trials=400}, {@code ways} all classes, {@code ink}
   * and {@code pen} as {@link Transfer.Paper#CHOSEN}, 0 to leave a step out.
   *
   * @param data such as one part of an {@link dev.doppel.data.idx.IdxSet}
   * @throws OptionException if a setting is unknown, or a value is not allowed
   */
  public static Transfer transfer(Dataset data, Map<String, String> settings) {
    Settings given = new Settings(TRANSFER, settings);
    given.only(List.of("seed", "trials", "ways", "ink", "pen"));
    return new Transfer(
        data,
        Transfer.Paper.of(
            given.decimal("ink", Transfer.Paper.CHOSEN_INK),
            given.decimal("pen", Transfer.Paper.CHOSEN_PEN)),
        given.whole("ways", data.classes().size()),
        given.whole("trials", Transfer.KOCH_TRIALS),
        given.seed());
  }

  /**
   * The protocol of that name over a data set.
   *
   * @param settings those that differ from the defaults, as texts
   * @throws OptionException if the name or a setting is unknown, or a value is not allowed, or the
   *     name is that of a series
   */
  public static Protocol named(String name, Omniglot omniglot, Map<String, String> settings) {
    Settings given = new Settings(name, settings);
    return switch (name) {
      case "lake20" -> {
        given.only(List.of());
        yield Lake20.of(omniglot);
      }
      case "koch400" -> koch(KochSplit.of(omniglot), given);
      case "verification" -> verification(KochSplit.of(omniglot), given);
      case "episodes" -> episodes(omniglot, given);
      case "vinyals", "robustness" ->
          throw new OptionException(
              "The protocol " + name + " as a single one",
              "It is a series of protocols, a figure each",
              "Ask for the series");
      default -> throw OptionException.unknown("protocol", name, NAMES);
    };
  }

  /**
   * The open-set protocol over a data set: {@code seed=1 draws=50 gallery=20,100,600
   * false-accepts=0.01,0.001 scope=across alphabets=test}. Galleries of the test alphabets are
   * filled up from the validation alphabets; those of the validation alphabets, 20 and 100 by
   * default, never from the test alphabets. Within alphabets the default is 20.
   *
   * @param settings those that differ from the defaults, as texts
   * @throws OptionException if a setting is unknown, or a value is not allowed
   */
  public static OpenSet openSet(Omniglot omniglot, Map<String, String> settings) {
    Settings given = new Settings(OPEN_SET, settings);
    given.only(List.of("seed", "draws", "gallery", "false-accepts", "scope", "alphabets"));
    boolean test = given.flag("alphabets", "test", "validation");
    boolean across = given.flag("scope", "across", "within");
    Dataset validation = omniglot.validationAlphabets();
    String galleries = across ? test ? "20,100,600" : "20,100" : "20";
    return new OpenSet(
        test ? omniglot.testAlphabets() : validation,
        test ? validation : validation.where("nothing", group -> false),
        given.numbers("gallery", galleries).stream().map(given::labels).toList(),
        given.numbers("false-accepts", "0.01,0.001"),
        across ? Scope.ACROSS : Scope.WITHIN,
        given.whole("draws", 50),
        given.seed());
  }

  /**
   * The open-set protocol over any classes, none of them held back: {@code seed=1 draws=50
   * gallery=20 false-accepts=0.01,0.001}.
   *
   * @throws OptionException if a setting is unknown, or a value is not allowed
   */
  public static OpenSet openSet(Dataset data, Map<String, String> settings) {
    Settings given = new Settings(OPEN_SET, settings);
    given.only(List.of("seed", "draws", "gallery", "false-accepts"));
    return new OpenSet(
        data,
        data.where("nothing", group -> false),
        given.numbers("gallery", "20").stream().map(given::labels).toList(),
        given.numbers("false-accepts", "0.01,0.001"),
        Scope.ACROSS,
        given.whole("draws", 50),
        given.seed());
  }

  /**
   * The protocol of that name over any classes: {@code episodes}, across all of them unless {@code
   * scope} says otherwise, or {@code verification}, which sets its threshold on every other class
   * and asks about the rest.
   *
   * @throws OptionException if the protocol is one of Omniglot's, a setting is unknown, or a value
   *     is not allowed
   */
  public static Protocol named(String name, Dataset data, Map<String, String> settings) {
    Settings given = new Settings(name, settings);
    return switch (name) {
      case "episodes" -> {
        given.only(List.of("seed", "trials", "ways", "shots", "queries", "scope"));
        EpisodeShape shape =
            new EpisodeShape(
                given.whole("ways", 20),
                given.whole("shots", 1),
                given.flag("scope", "across", "within") ? Scope.ACROSS : Scope.WITHIN,
                Hands.ANY,
                SmallGroups.REFUSE);
        yield new Episodes(
            data, shape, given.whole("trials", 1000), given.whole("queries", 1), given.seed());
      }
      case "verification" -> {
        given.only(List.of("seed", "pairs"));
        yield new Verification(
            FolderSplit.half(data, 0),
            FolderSplit.half(data, 1),
            Negatives.SAME_GROUP,
            given.whole("pairs", 10_000),
            given.seed());
      }
      case "lake20", "koch400", "vinyals", "robustness" ->
          throw new OptionException(
              "Protocol " + name + " over a " + data.name(),
              "It asks about the characters of Omniglot",
              "Take episodes or verification, or name Omniglot's folder");
      default -> throw OptionException.unknown("protocol", name, NAMES);
    };
  }

  private static Koch400 koch(KochSplit split, Settings given) {
    given.only(List.of("seed", "draws", "alphabets", "drawers"));
    Dataset data =
        given.flag("alphabets", "test", "validation") ? split.test() : split.validation();
    return Koch400.standard(
        given.flag("drawers", "all", "legible") ? data : Legible.of(data),
        given.whole("draws", 1),
        given.seed());
  }

  /** The four columns of the paper's table; as many queries share a support set as it has ways. */
  private static List<Protocol> vinyals(Omniglot omniglot, Settings given) {
    given.only(List.of("seed", "trials", "characters"));
    long seed = given.seed();
    VinyalsSplit split =
        given.flag("characters", "held-out", "any")
            ? VinyalsSplit.heldOut(omniglot, VINYALS_SPLIT)
            : VinyalsSplit.anyCharacters(omniglot, VINYALS_SPLIT);
    Dataset data = VinyalsSplit.published(split.test());
    int trials = given.whole("trials", 1000);
    List<Protocol> table = new ArrayList<>();
    for (int ways : new int[] {5, 20}) {
      for (int shots : new int[] {1, 5}) {
        table.add(new Episodes(data, EpisodeShape.across(ways, shots), trials, ways, seed));
      }
    }
    return table;
  }

  private static List<Protocol> robustness(KochSplit split, Settings given) {
    given.only(List.of("seed", "draws", "alphabets", "distort"));
    Koch400 trials =
        Koch400.standard(
            given.flag("alphabets", "test", "validation") ? split.test() : split.validation(),
            given.whole("draws", 1),
            given.seed());
    List<Protocol> curves = new ArrayList<>();
    curves.add(trials);
    given
        .harms()
        .forEach(
            (kind, levels) ->
                levels.forEach(level -> curves.add(new Robustness(trials, kind, level))));
    return curves;
  }

  private static Verification verification(KochSplit split, Settings given) {
    given.only(List.of("seed", "pairs", "negatives", "drawers"));
    boolean all = given.flag("drawers", "all", "legible");
    return new Verification(
        split.validation(),
        all ? split.test() : Legible.of(split.test()),
        given.flag("negatives", "same-group", "any") ? Negatives.SAME_GROUP : Negatives.ANY,
        given.whole("pairs", 10_000),
        given.seed());
  }

  private static Episodes episodes(Omniglot omniglot, Settings given) {
    given.only(
        List.of("seed", "trials", "ways", "shots", "queries", "scope", "hands", "alphabets"));
    Dataset data =
        given.flag("alphabets", "test", "validation")
            ? omniglot.testAlphabets()
            : omniglot.validationAlphabets();
    EpisodeShape shape =
        new EpisodeShape(
            given.whole("ways", 20),
            given.whole("shots", 1),
            given.flag("scope", "within", "across") ? Scope.WITHIN : Scope.ACROSS,
            given.flag("hands", "any", "other") ? Hands.ANY : Hands.OTHER,
            SmallGroups.REFUSE);
    return new Episodes(
        data, shape, given.whole("trials", 1000), given.whole("queries", 1), given.seed());
  }

  /** Settings as texts; each is read with its default. */
  private record Settings(String protocol, Map<String, String> given) {

    void only(List<String> known) {
      for (String name : given.keySet()) {
        if (known.isEmpty()) {
          throw new OptionException(
              "%s with %s=%s".formatted(protocol, name, given.get(name)),
              protocol + " has no settings",
              "Leave it out");
        }
        if (!known.contains(name)) {
          throw OptionException.unknown("setting of " + protocol, name, known);
        }
      }
    }

    int whole(String name, int otherwise) {
      long value = number(name, otherwise);
      if (value != (int) value) {
        throw notWhole(name, otherwise, null);
      }
      return (int) value;
    }

    long seed() {
      return number("seed", 1);
    }

    private long number(String name, int otherwise) {
      try {
        return Long.parseLong(given.getOrDefault(name, Integer.toString(otherwise)));
      } catch (NumberFormatException e) {
        throw notWhole(name, otherwise, e);
      }
    }

    private OptionException notWhole(String name, int otherwise, @Nullable Exception cause) {
      return new OptionException(
          "%s with %s=%s".formatted(protocol, name, given.get(name)),
          "It is a whole number" + (name.equals("seed") ? "" : " of at most 2147483647"),
          "Take %s=%d, say".formatted(name, otherwise),
          cause);
    }

    double decimal(String name, double otherwise) {
      String text = given.getOrDefault(name, Double.toString(otherwise));
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw new OptionException(
            "%s with %s=%s".formatted(protocol, name, text),
            "It is a number",
            "Take %s=%s, say".formatted(name, otherwise),
            e);
      }
    }

    /** All kinds at their usual levels, or {@code kind:level,level;kind}. */
    Map<Harm, List<Double>> harms() {
      Map<Harm, List<Double>> wanted = new LinkedHashMap<>();
      String text = given.getOrDefault("distort", "");
      for (String each : text.isBlank() ? Harm.names() : List.of(text.split(";", -1))) {
        String[] parts = each.split(":", 2);
        Harm kind = Harm.named(parts[0].strip());
        wanted.put(
            kind,
            parts.length == 1
                ? kind.levels()
                : numbers("distort", parts[1], "rotation:10,20;noise:0.05"));
      }
      return wanted;
    }

    List<Double> numbers(String name, String otherwise) {
      return numbers(name, given.getOrDefault(name, otherwise), otherwise);
    }

    private List<Double> numbers(String name, String text, String otherwise) {
      try {
        return Arrays.stream(text.split(",", -1))
            .map(each -> Double.valueOf(each.strip()))
            .toList();
      } catch (NumberFormatException e) {
        throw new OptionException(
            "%s with %s=%s".formatted(protocol, name, text),
            "It is a list of numbers, separated by commas",
            "Take %s=%s, say".formatted(name, otherwise),
            e);
      }
    }

    int labels(double number) {
      OptionException.require(
          number == (int) number, "gallery", number, "a whole number of labels");
      return (int) number;
    }

    /** True for the first of two values, which is the default. */
    boolean flag(String name, String first, String second) {
      String text = given.getOrDefault(name, first);
      if (!text.equals(first) && !text.equals(second)) {
        throw OptionException.unknown("value of " + name, text, List.of(first, second));
      }
      return text.equals(first);
    }
  }
}
