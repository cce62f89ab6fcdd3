package dev.doppel.cli.results;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A line of the results table that is ours: what it is, not what came out.
 *
 * @param id what {@code --only} calls it, {@code protocol/who}
 * @param section the table it belongs to
 * @param who answers, in words
 * @param protocol what is asked, in words
 * @param origin how its figure is made
 */
public record Row(String id, Section section, String who, String protocol, Origin origin) {

  /** Who answers; null if the models of a recipe do, which are not shipped. */
  public @Nullable Answering by() {
    if (origin instanceof Asked asked) {
      return asked.by();
    }
    return origin instanceof LetIn letIn ? letIn.by() : null;
  }

  /** How a figure is made. */
  public sealed interface Origin {

    /** The command that prints the figure. */
    String command();
  }

  /**
   * Measured anew each time: a protocol's accuracy.
   *
   * @param by who answers
   * @param protocol its name
   * @param settings that differ from the protocol's defaults
   * @param place which of a series, from 0; 0 for a protocol alone
   */
  public record Asked(Answering by, String protocol, Map<String, String> settings, int place)
      implements Origin {

    /** Of a protocol alone. */
    public Asked(Answering by, String protocol, Map<String, String> settings) {
      this(by, protocol, settings, 0);
    }

    @Override
    public String command() {
      StringBuilder line = new StringBuilder("./doppel evaluate " + by.words());
      line.append(" --protocol ").append(protocol);
      new TreeMap<>(settings)
          .forEach(
              (key, value) ->
                  line.append(
                      key.equals("negatives")
                          ? value.equals("any") ? " --across" : " --within"
                          : " --%s %s".formatted(key, value)));
      return line.toString();
    }
  }

  /**
   * Measured anew each time: a share of {@code open-set}, with 1 % of strangers allowed.
   *
   * @param by who answers
   * @param labels enrolled
   * @param strangers whether it is the share of strangers let in; else that of images known and
   *     right
   */
  public record LetIn(Answering by, int labels, boolean strangers) implements Origin {

    @Override
    public String command() {
      return "./doppel evaluate " + by.words() + " --protocol open-set";
    }
  }

  /**
   * Measured anew where the models of a recipe are; else as recorded, since they are not shipped.
   *
   * @param recipe by which they are trained
   * @param protocol its name
   * @param settings that differ from the protocol's defaults
   */
  public record Trained(Recipe recipe, String protocol, Map<String, String> settings)
      implements Origin {

    @Override
    public String command() {
      return recipe.command();
    }
  }

  /**
   * Who answers.
   *
   * @param name a baseline's, or those of models, shipped or files, with commas between
   * @param views how many of each image, see {@code Views}; empty for a baseline
   * @param rerank who looks at the closest answers again; empty for nobody
   */
  public record Answering(String name, String views, String rerank) {

    /** One that answers at once. */
    public Answering(String name, String views) {
      this(name, views, "");
    }

    /** The same without a second look. */
    public Answering once() {
      return new Answering(name, views);
    }

    /** Whether it learned nothing. */
    public boolean baseline() {
      return views.isEmpty();
    }

    /** As {@code evaluate} takes it. */
    String words() {
      return baseline()
          ? "--matcher " + name
          : name
              + (views.equals("1") ? "" : " --views " + views)
              + (rerank.isEmpty() ? "" : " --rerank " + rerank);
    }
  }
}
