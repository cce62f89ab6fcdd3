package dev.doppel.cli.results;

import dev.doppel.cli.report.Standing;
import dev.doppel.cli.results.Row.Answering;
import dev.doppel.cli.results.Row.Asked;
import dev.doppel.cli.results.Row.LetIn;
import dev.doppel.error.OptionException;
import dev.doppel.eval.Protocols;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The catalogue: every row that is ours, and every figure that somebody printed. */
public final class Rows {

  private static final String KOCH = "Koch et al. 2015, table ";
  private static final String LAKE = "Lake et al. 2015";
  private static final String SHYAM = "Shyam et al. 2017";
  private static final String VINYALS = "Vinyals et al. 2016";
  private static final String LIANG = "as listed by Liang et al. 2022";

  /** In the order of the papers' columns, and of our own series. */
  private static final Section[] ACROSS = {
    Section.ACROSS_5_1, Section.ACROSS_5_5, Section.ACROSS_20_1, Section.ACROSS_20_5
  };

  private static final Map<String, String> TEST = Map.of("draws", "50");
  private static final Map<String, String> VALIDATION =
      Map.of("draws", "50", "alphabets", "validation");

  private Rows() {}

  /** Our rows, in the order they are measured; those of one matcher stand together. */
  public static List<Row> ours() {
    List<Row> rows = new ArrayList<>();
    rows.addAll(shipped("omniglot"));
    rows.addAll(shipped("omniglot-tiny"));
    rows.addAll(
        oneShots(
            "`omniglot`, 9 views, re-ranked (record mode)",
            new Answering("omniglot", "9", "deformable")));
    Answering views = new Answering("omniglot", "9");
    rows.addAll(oneShots("`omniglot`, 9 views", views));
    rows.addAll(within("`omniglot`, 9 views", views));
    rows.add(baseline("bent strokes", "deformable"));
    rows.add(baseline("modified Hausdorff distance", "modified-hausdorff"));
    rows.add(baseline("pixels, centred and blurred", "pixel-centred-blurred"));
    rows.add(baseline("pixels as they are", "pixel-cosine"));
    rows.add(transfer("pixels as they are, no learning", new Answering("pixel-cosine", ""), 400));
    rows.addAll(trained());
    return List.copyOf(rows);
  }

  /** Of models that are not shipped, in the order they are best trained. */
  private static List<Row> trained() {
    List<Row> rows = new ArrayList<>();
    rows.addAll(paper("Koch's net, from scratch", Recipes.KOCH));
    rows.addAll(paper("Koch's two full layers", Recipes.FULL_LAYERS));
    Recipes.ALPHABETS.forEach(
        (count, recipe) -> {
          String who = count + " alphabets";
          rows.add(
              trained(Section.ALPHABETS, recipe, who, "koch400", "the ten of Lake's runs", TEST));
          rows.add(
              trained(Section.ALPHABETS, recipe, who, "validation", "the ten others", VALIDATION));
        });
    Recipes.CHOICES.forEach(
        (who, recipe) ->
            rows.add(
                trained(Section.CHOICES, recipe, who, "choice", "the ten others", VALIDATION)));
    return rows;
  }

  /** What Koch et al. print of a network. */
  private static List<Row> paper(String who, Recipe recipe) {
    return List.of(
        trained(Section.ONE_SHOT, recipe, who, "lake20", "Lake's 20 runs", Map.of()),
        trained(Section.DRAWN, recipe, who, "koch400", "mean of 100 draws", Map.of("draws", "100")),
        trained(
            Section.VERIFICATION,
            recipe,
            who,
            "verification-within",
            "different pairs from the same alphabet",
            Map.of()),
        trained(
            Section.VERIFICATION,
            recipe,
            who,
            "verification-across",
            "different pairs from any alphabet",
            Map.of("negatives", "any")));
  }

  private static Row trained(
      Section section,
      Recipe recipe,
      String who,
      String name, // of the row's kind, which its id begins with
      String asked,
      Map<String, String> settings) {
    String protocol =
        name.startsWith("verification") ? "verification" : name.equals("lake20") ? name : "koch400";
    return new Row(
        name + "/" + recipe.name(),
        section,
        who,
        asked,
        new Row.Trained(recipe, protocol, settings));
  }

  /** What is asked of each model that comes with Doppel. */
  private static List<Row> shipped(String model) {
    Answering by = new Answering(model, "1");
    String who = "`" + model + "`";
    List<Row> rows = new ArrayList<>();
    rows.addAll(oneShots(who, by));
    rows.addAll(within(who, by));
    rows.add(verification("across", "any alphabet", who, by, Map.of("negatives", "any")));
    rows.add(transfer(who, by, 400));
    rows.add(transfer(who, by, 20_000));
    for (int place = 0; place < ACROSS.length; place++) {
      rows.add(vinyals(who, by, place));
    }
    for (int labels : new int[] {20, 100, 600}) {
      rows.add(openSet("let-in", "strangers let in", who, new LetIn(by, labels, true)));
      rows.add(openSet("known", "known and right", who, new LetIn(by, labels, false)));
    }
    return rows;
  }

  /** Lake's questions, and Koch's. */
  private static List<Row> oneShots(String who, Answering by) {
    int draws = by.rerank().isEmpty() ? 100 : 20; // bending strokes takes its time
    return List.of(oneShot(who, by), drawn(who, by, draws), legible(who, by, draws));
  }

  private static Row transfer(String who, Answering by, int trials) {
    return new Row(
        id("mnist-" + trials, by),
        Section.TRANSFER,
        who,
        "MNIST, %,d questions".formatted(trials),
        new Asked(by, Protocols.TRANSFER, Map.of("trials", Integer.toString(trials))));
  }

  private static Row vinyals(String who, Answering by, int place) {
    return new Row(
        id("vinyals-" + ACROSS[place].name().substring("ACROSS_".length()).replace('_', '-'), by),
        ACROSS[place],
        who,
        "423 characters by 4 turns, 28 pixels, 4,000 questions",
        new Asked(by, "vinyals", Map.of("trials", "4000"), place));
  }

  private static Row oneShot(String who, Answering by) {
    return new Row(
        id("lake20", by),
        Section.ONE_SHOT,
        who,
        "Lake's 20 runs",
        new Asked(by, "lake20", Map.of()));
  }

  private static Row drawn(String who, Answering by, int draws) {
    return new Row(
        id("koch400", by),
        Section.DRAWN,
        who,
        "mean of %d draws".formatted(draws),
        new Asked(by, "koch400", Map.of("draws", Integer.toString(draws))));
  }

  private static Row legible(String who, Answering by, int draws) {
    return new Row(
        id("koch400-legible", by),
        Section.DRAWN,
        who,
        "mean of %d draws, legible drawers".formatted(draws),
        new Asked(by, "koch400", Map.of("draws", Integer.toString(draws), "drawers", "legible")));
  }

  /** Pairs of one alphabet, by all drawers and by the legible. */
  private static List<Row> within(String who, Answering by) {
    Map<String, String> legible = Map.of("drawers", "legible");
    return List.of(
        verification("within", "the same alphabet", who, by, Map.of()),
        verification("legible", "the same alphabet, legible drawers", who, by, legible));
  }

  private static Row verification(
      String name, String from, String who, Answering by, Map<String, String> settings) {
    return new Row(
        id("verification-" + name, by),
        Section.VERIFICATION,
        who,
        "different pairs from " + from,
        new Asked(by, "verification", settings));
  }

  private static Row openSet(String name, String what, String who, LetIn origin) {
    return new Row(
        id(name + "-" + origin.labels(), origin.by()),
        Section.OPEN_SET,
        who,
        origin.labels() + " labels: " + what,
        origin);
  }

  private static Row baseline(String who, String matcher) {
    return oneShot(who + ", no learning", new Answering(matcher, ""));
  }

  private static String id(String protocol, Answering by) {
    boolean plain = by.baseline() || by.views().equals("1");
    return protocol
        + "/"
        + by.name()
        + (plain ? "" : "-" + by.views() + "-views")
        + (by.rerank().isEmpty() ? "" : "-reranked");
  }

  /**
   * Our rows with these ids.
   *
   * @throws OptionException if there is none of one id
   */
  public static List<Row> named(List<String> ids) {
    Map<String, Row> rows = new LinkedHashMap<>();
    ours().forEach(row -> rows.put(row.id(), row));
    for (String id : ids) {
      if (!rows.containsKey(id)) {
        throw OptionException.unknown("row", id, rows.keySet());
      }
    }
    return rows.values().stream().filter(row -> ids.contains(row.id())).toList();
  }

  /**
   * What was printed elsewhere. Where the paper itself was not at hand, the source says by whom.
   */
  public static List<Published> published() {
    return Stream.of(oneShot(), verification(), transfer(), across())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Published> oneShot() {
    List<Published> rows = new ArrayList<>();
    for (Standing each : Standing.published()) {
      rows.add(new Published(Section.ONE_SHOT, each.who(), each.accuracy(), each.source()));
    }
    rows.add(printed(Section.ONE_SHOT, "Generative neuro-symbolic model", 94.3, LIANG));
    rows.add(
        printed(
            Section.ONE_SHOT,
            "Distortable canvas, one neighbour over deformations, no training",
            93.25,
            "Yu et al. 2022"));
    rows.add(printed(Section.ONE_SHOT, "ARC without convolutions", 91.75, SHYAM));
    rows.add(printed(Section.ONE_SHOT, "BPL without learning to learn", 89.0, LAKE));
    rows.add(printed(Section.ONE_SHOT, "Deep convolutional net of Lake et al.", 86.5, LAKE));
    rows.add(printed(Section.ONE_SHOT, "BPL without compositionality", 86.0, LAKE));
    rows.add(printed(Section.ONE_SHOT, "Variational homoencoder", 81.3, LIANG));
    rows.add(printed(Section.ONE_SHOT, "Drawing out of distribution", 73.5, "Liang et al. 2022"));
    rows.add(printed(Section.ONE_SHOT, "Modified Hausdorff distance", 61.2, LAKE));
    rows.add(printed(Section.ONE_SHOT, "Chance", 5, "1 of 20"));
    return rows;
  }

  private static List<Published> verification() {
    Section table = Section.VERIFICATION;
    String net = "Convolutional siamese net, %s pairs%s";
    return List.of(
        printed(table, "ConvARC", 96.1, SHYAM),
        printed(table, "Siamese residual net, depth 30, width 2", 94.61, SHYAM),
        printed(table, "Siamese residual net, depth 60, width 4", 93.57, SHYAM),
        printed(table, "Siamese residual net, depth 24, width 1", 93.47, SHYAM),
        printed(table, "ARC without convolutions", 93.31, SHYAM),
        printed(table, net.formatted("150,000", ", distorted"), 93.42, KOCH + 1),
        printed(table, net.formatted("90,000", ", distorted"), 93.15, KOCH + 1),
        printed(table, net.formatted("30,000", ", distorted"), 91.9, KOCH + 1),
        printed(table, net.formatted("150,000", ""), 91.63, KOCH + 1),
        printed(table, net.formatted("90,000", ""), 91.54, KOCH + 1),
        printed(table, net.formatted("30,000", ""), 90.61, KOCH + 1),
        printed(table, "Siamese net, full layers", 60.52, SHYAM));
  }

  private static List<Published> transfer() {
    Section table = Section.TRANSFER;
    return List.of(
        printed(table, "Synthetic fonts, not Omniglot", 90.2, "Jin and Rinard 2020"),
        printed(table, "Synthetic fonts, their baseline", 81.9, "Jin and Rinard 2020"),
        printed(table, "Distortable canvas, no training", 80, "Yu et al. 2022"),
        printed(table, "Matching networks", 72, VINYALS),
        printed(table, "Convolutional siamese net", 70.3, KOCH + 3),
        printed(table, "Convolutional siamese net, run again", 70, VINYALS),
        printed(table, "Classifier (about)", 63, VINYALS),
        printed(table, "Nearest neighbour in pixels", 26.5, KOCH + 3),
        printed(table, "Chance", 10, "1 of 10"));
  }

  private static List<Published> across() {
    return Stream.of(
            across("Pixels, cosine", VINYALS, 41.7, 63.2, 26.7, 42.6),
            across("Classifier", VINYALS, 80.0, 95.0, 69.5, 89.1),
            across("Memory-augmented net", VINYALS, 82.8, 94.9),
            across("Convolutional siamese net", VINYALS, 96.7, 98.4, 88.0, 96.5),
            across("Convolutional siamese net, fine-tuned", VINYALS, 97.3, 98.4, 88.1, 97.0),
            across("Matching networks", VINYALS, 98.1, 98.9, 93.8, 98.5),
            List.of(
                printed(Section.ACROSS_20_1, "ConvARC, sees all 20 at once", 97.5, SHYAM),
                printed(Section.ACROSS_20_1, "ConvARC, pair by pair", 96.21, SHYAM)))
        .flatMap(List::stream)
        .toList();
  }

  /** One paper's row of the four tables; those it leaves out come last. */
  private static List<Published> across(String who, String source, double... percents) {
    List<Published> rows = new ArrayList<>();
    for (int i = 0; i < percents.length; i++) {
      rows.add(printed(ACROSS[i], who, percents[i], source));
    }
    return rows;
  }

  private static Published printed(Section section, String who, double percent, String source) {
    return new Published(section, who, percent / 100, source);
  }
}
