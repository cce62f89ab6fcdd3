package dev.doppel.eval;

import dev.doppel.data.Dataset;
import dev.doppel.data.folder.FolderSplit;
import dev.doppel.data.omniglot.KochSplit;
import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.episode.EpisodeShape;
import dev.doppel.episode.EpisodeShape.Hands;
import dev.doppel.episode.EpisodeShape.Scope;
import dev.doppel.episode.EpisodeShape.SmallGroups;
import dev.doppel.episode.Negatives;
import dev.doppel.error.OptionException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All protocols, by name, as the command line asks for them.
 *
 * <table>
 * <caption>Settings and their defaults</caption>
 * <tr><td>{@code lake20}</td><td>none</td></tr>
 * <tr><td>{@code koch400}</td><td>{@code seed=1 draws=1 alphabets=test}</td></tr>
 * <tr><td>{@code verification}</td><td>{@code seed=1 pairs=10000 negatives=same-group}</td></tr>
 * <tr><td>{@code episodes}</td><td>{@code seed=1 trials=1000 ways=20 shots=1 queries=1 scope=within
 * hands=any alphabets=test}</td></tr>
 * </table>
 *
 * <p>{@code alphabets} is {@code test}, the ten of Lake's runs, or {@code validation}, the other
 * ten of the evaluation set: choose by those.
 */
public final class Protocols {

  private static final List<String> NAMES =
      List.of("lake20", "koch400", "verification", "episodes");

  /** The name of {@link OpenSet}, which is no {@link Protocol}: it needs more than a matcher. */
  public static final String OPEN_SET = "open-set";

  private Protocols() {}

  /** The names of all protocols. */
  public static List<String> names() {
    return NAMES;
  }

  /** The protocol of that name over a data set, with its default settings. */
  public static Protocol named(String name, Omniglot omniglot) {
    return named(name, omniglot, Map.of());
  }

  /**
   * The protocol of that name over a data set.
   *
   * @param settings those that differ from the defaults, as texts
   * @throws OptionException if the name or a setting is unknown, or a value is not allowed
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
      case "lake20", "koch400" ->
          throw new OptionException(
              "Protocol " + name + " over a " + data.name(),
              "It asks about the characters of Omniglot",
              "Take episodes or verification, or name Omniglot's folder");
      default -> throw OptionException.unknown("protocol", name, NAMES);
    };
  }

  private static Koch400 koch(KochSplit split, Settings given) {
    given.only(List.of("seed", "draws", "alphabets"));
    return Koch400.standard(
        given.flag("alphabets", "test", "validation") ? split.test() : split.validation(),
        given.whole("draws", 1),
        given.seed());
  }

  private static Verification verification(KochSplit split, Settings given) {
    given.only(List.of("seed", "pairs", "negatives"));
    return new Verification(
        split.validation(),
        split.test(),
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

    List<Double> numbers(String name, String otherwise) {
      String text = given.getOrDefault(name, otherwise);
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
