package dev.doppel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.doppel.error.DataException;
import dev.doppel.error.OptionException;
import dev.doppel.error.Reason;
import dev.doppel.eval.Score;
import dev.doppel.network.Blueprint;
import dev.doppel.network.Encoders;
import dev.doppel.torch.CosineSoftmaxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Encoders side by side, as people read them: on the terminal, and as a page of the docs. */
final class EncoderTable {

  private EncoderTable() {}

  /** Refuses a place where nothing can be written, before hours are spent. */
  static void check(Path file, Path work) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
      throw new OptionException(
          "The table cannot be written to " + file,
          "It needs a folder that exists, and is a file itself",
          "Choose another with --measure");
    }
    try {
      Files.createDirectories(work);
    } catch (IOException refused) {
      throw new OptionException(
          "The folder " + work + " cannot be made (" + Reason.of(refused) + ")",
          "Models and unfinished runs are kept there",
          "Name another with --work",
          refused);
    }
  }

  /** A line each for the terminal. */
  static List<String> lines(List<EncoderTrial.Result> results) {
    Table table =
        new Table(
            Table.Align.LEFT,
            Table.Align.RIGHT,
            Table.Align.RIGHT,
            Table.Align.RIGHT,
            Table.Align.RIGHT,
            Table.Align.RIGHT,
            Table.Align.RIGHT,
            Table.Align.RIGHT);
    table
        .row(
            "encoder",
            "parameters",
            "multiply-adds",
            "ms an image",
            "images/s",
            "validation",
            "koch400",
            "lake20")
        .row();
    for (EncoderTrial.Result each : results) {
      Blueprint blueprint = Blueprint.of(each.encoder().architecture());
      table.row(
          each.encoder().name(),
          EncodersCommand.count(blueprint.parameters()),
          EncodersCommand.count(blueprint.multiplyAdds()),
          milliseconds(each),
          rate(each),
          ScoreText.percent(each.validation().accuracy()),
          ScoreText.percent(each.koch400().accuracy()),
          ScoreText.percent(each.lake20().accuracy()));
    }
    return table.lines();
  }

  /** Writes the page. */
  static void write(Path file, List<EncoderTrial.Result> results, int images, long seed) {
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(beside, page(results, images, seed), UTF_8);
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException refused) {
      throw new DataException(
          "The table cannot be written to " + file + " (" + Reason.of(refused) + ")",
          "It needs a folder with room and permission to write",
          "The models are kept: make room and say the same again",
          refused);
    }
  }

  private static String page(List<EncoderTrial.Result> results, int images, long seed) {
    List<String> lines = new ArrayList<>();
    lines.add("# Encoders side by side");
    lines.add("");
    lines.add("Written by a command; change that, not this page:");
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "    ./doppel encoders --measure docs/results/encoders.md%s --images %d --seed %d",
            results.size() == Encoders.all().size() ? "" : " --only " + names(results),
            images,
            seed));
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "Each encoder was trained once, from scratch, by its usual plan (`doppel train --encoder"
                + " NAME`) on %,d images with seed %d, then measured out of its model file. Images"
                + " are counted, not seconds. 20 ways, one example each, within one alphabet;"
                + " brackets hold 95 %% intervals. *Validation* is Koch's drawing from the ten"
                + " evaluation alphabets that no run of Lake's uses, by which alone things are"
                + " chosen; *koch400* the same from the ten that they do use; both are means over"
                + " 20 drawings. *lake20* is Lake's twenty runs.",
            images,
            seed));
    if (results.stream().anyMatch(each -> each.lake20().synthetic())) {
      lines.add("");
      lines.add(
          "**SYNTHETIC DATA: a program drew these characters; no figure is about handwriting.**");
    }
    lines.add("");
    lines.add("| encoder | loss | validation % | koch400 % | lake20 % |");
    lines.add("| --- | --- | ---: | ---: | ---: |");
    for (EncoderTrial.Result each : results) {
      lines.add(
          "| `%s` | %s | %s | %s | %s |"
              .formatted(
                  each.encoder().name(),
                  loss(each),
                  score(each.validation()),
                  score(each.koch400()),
                  score(each.lake20())));
    }
    lines.add("");
    lines.add(
        "Forward pass alone, ONNX Runtime on one thread, medians of 15 rounds; multiply-adds are"
            + " those of convolutions, dense layers and attention. Machine: "
            + Machine.describe()
            + ".");
    lines.add("");
    lines.add(
        "| encoder | paper | input | parameters | multiply-adds | embedding | file kB | ms an image |"
            + " images/s, 64 at once |");
    lines.add("| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (EncoderTrial.Result each : results) {
      Blueprint blueprint = Blueprint.of(each.encoder().architecture());
      int side = blueprint.architecture().inputSide();
      lines.add(
          "| `%s` | %s | %d × %d | %s | %s | %d | %s | %s | %s |"
              .formatted(
                  each.encoder().name(),
                  each.encoder().paper(),
                  side,
                  side,
                  EncodersCommand.count(blueprint.parameters()),
                  EncodersCommand.count(blueprint.multiplyAdds()),
                  blueprint.dim(),
                  EncodersCommand.count(each.bytes() / 1000),
                  milliseconds(each),
                  rate(each)));
    }
    lines.add("");
    return String.join("\n", lines);
  }

  private static String names(List<EncoderTrial.Result> results) {
    return String.join(",", results.stream().map(each -> each.encoder().name()).toList());
  }

  private static String loss(EncoderTrial.Result each) {
    return each.plan().objective() instanceof CosineSoftmaxOptions
        ? "normalised softmax"
        : "Koch's, on all pairs of a batch";
  }

  private static String score(Score score) {
    return String.format(
        Locale.ROOT, "%.2f (%s)", 100 * score.accuracy(), ScoreText.range(score.interval()));
  }

  private static String milliseconds(EncoderTrial.Result each) {
    return String.format(Locale.ROOT, "%.3f", each.speed().milliseconds());
  }

  private static String rate(EncoderTrial.Result each) {
    return String.format(Locale.ROOT, "%,.0f", each.speed().imagesPerSecond());
  }
}
