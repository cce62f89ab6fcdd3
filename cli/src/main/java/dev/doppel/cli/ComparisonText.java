package dev.doppel.cli;

import dev.doppel.loss.LossCatalogue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A comparison of losses as people and programs read it.
 *
 * @param compared the losses, best first
 * @param line the command that made it
 * @param synthetic whether a program drew the characters
 * @param draws lists of questions behind each {@code koch400}
 */
record ComparisonText(List<ComparedLoss> compared, String line, boolean synthetic, int draws) {

  /** The table on a terminal. */
  List<String> lines() {
    Table table =
        new Table(
            Table.Align.LEFT,
            Table.Align.RIGHT,
            Table.Align.RIGHT,
            Table.Align.RIGHT,
            Table.Align.RIGHT,
            Table.Align.RIGHT,
            Table.Align.RIGHT);
    table.row("loss", "lake20", "95 %", "koch400", "95 %", "time", "memory").row();
    for (ComparedLoss each : compared) {
      table.row(cells(each).toArray(String[]::new));
    }
    return table.lines();
  }

  private static List<String> cells(ComparedLoss each) {
    if (!each.trained()) {
      return List.of(each.loss(), "failed", "", "", "", "", "");
    }
    return List.of(
        each.loss(),
        ScoreText.percent(each.lake().accuracy()),
        ScoreText.range(each.lake().interval()),
        ScoreText.percent(each.koch().accuracy()),
        ScoreText.range(each.koch().interval()),
        DurationText.clock(Duration.ofSeconds(Math.round(each.seconds()))),
        each.memory() < 0 ? "–" : Sizes.of(each.memory()));
  }

  /** A result as a member of a JSON document. */
  static Map<String, Object> json(ComparedLoss each) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("loss", each.loss());
    json.put("failure", each.failure());
    json.put("lake20", each.lake().accuracy());
    json.put("koch400", each.koch().accuracy());
    json.put("validation", each.validation().accuracy());
    json.put("images", each.images());
    json.put("seconds", each.seconds());
    json.put("memory", each.memory());
    return json;
  }

  /** The page {@code losses.md}. */
  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("# Losses compared\n\n");
    text.append("Written by `").append(line).append("`; do not edit.\n\n");
    if (synthetic) {
      text.append("**SYNTHETIC DATA: a program drew the characters. No figure is about");
      text.append(" handwriting.**\n\n");
    }
    text.append(
        """
        The same encoder, images, seed and schedule for each; sampler, rate and margin as the loss is
        usually trained here (`run` in each loss's JSON). Recipes were chosen on ten other alphabets
        (*validation*); `lake20` and `koch400` (mean of %d draws) are for reporting alone. One run
        each: differences within the intervals are no ranking. Memory is the most that the whole
        process had resident while training.

        ![Accuracy of each loss with its 95 %% interval](losses.svg)

        | loss | paper | lake20 | 95 %% | koch400 | 95 %% | validation | images | time | memory |
        | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
        """
            .formatted(draws));
    for (ComparedLoss each : compared) {
      text.append(row(each));
    }
    List<String> machines = compared.stream().map(ComparedLoss::machine).distinct().toList();
    text.append("\nMade on ").append(String.join("; ", machines)).append(".\n");
    for (ComparedLoss each : compared) {
      if (!each.trained()) {
        text.append("\n`%s` could not be trained: %s.\n".formatted(each.loss(), each.failure()));
      }
    }
    return text.toString();
  }

  private static String row(ComparedLoss each) {
    List<String> cells = cells(each);
    String paper = LossCatalogue.loss(each.loss()).paper();
    return "| `%s` | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            each.loss(),
            paper,
            cells.get(1),
            cells.get(2),
            cells.get(3),
            cells.get(4),
            each.trained() ? ScoreText.percent(each.validation().accuracy()) : "",
            each.trained() ? String.format(Locale.ROOT, "%,d", each.images()) : "",
            cells.get(5),
            cells.get(6));
  }
}
