package dev.doppel.cli;

import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.error.OptionException;
import dev.doppel.network.Blueprint;
import dev.doppel.network.Encoders;
import dev.doppel.network.ListedEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doppel encoders}: lists the encoders, or trains and measures them side by side. */
@Command(
    name = "encoders",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  doppel encoders",
      "  doppel encoders --measure encoders.md",
      "  doppel encoders --measure encoders.md --only tiny,lenet --images 9600"
    })
final class EncodersCommand implements Callable<Integer> {

  private final Doppel doppel;

  @Option(
      names = "--measure",
      paramLabel = "FILE",
      description = {
        "Train each on as many images, measure accuracy, size and speed, and write",
        "the table to this file."
      })
  private @Nullable Path file;

  @Option(
      names = "--only",
      paramLabel = "NAME,…",
      split = ",",
      description = "Measure these (default: all).")
  private List<String> only = List.of();

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "Images each is trained on (default " + EncoderTrial.DEFAULT_IMAGES + ").")
  private int images = EncoderTrial.DEFAULT_IMAGES;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Root of all random numbers (default 1).")
  private long seed = 1;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = {
        "Where models and unfinished runs are kept; what is there already is not",
        "trained again (default: beside the table)."
      })
  private @Nullable Path work;

  @Mixin private DataOptions data = new DataOptions();

  EncodersCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() {
    if (file == null) {
      if (!only.isEmpty() || work != null) {
        throw new OptionException(
            (only.isEmpty() ? "--work" : "--only") + " without --measure",
            "A list needs neither",
            "Say --measure FILE, or leave it out");
      }
      list();
      return ExitCode.DONE;
    }
    return measure(file);
  }

  private void list() {
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "encoders");
      document.put("encoders", Encoders.all().stream().map(EncodersCommand::json).toList());
      doppel.console().json(document);
      return;
    }
    Table table =
        new Table(
            Table.Align.LEFT,
            Table.Align.RIGHT,
            Table.Align.RIGHT,
            Table.Align.RIGHT,
            Table.Align.LEFT,
            Table.Align.LEFT);
    table.row("encoder", "pixels", "parameters", "multiply-adds", "what it is", "paper").row();
    for (ListedEncoder encoder : Encoders.all()) {
      Blueprint blueprint = Blueprint.of(encoder.architecture());
      table.row(
          encoder.name(),
          Integer.toString(encoder.architecture().inputSide()),
          count(blueprint.parameters()),
          count(blueprint.multiplyAdds()),
          encoder.summary(),
          encoder.paper());
    }
    table.lines().forEach(doppel.console()::print);
  }

  private static Map<String, Object> json(ListedEncoder encoder) {
    Blueprint blueprint = Blueprint.of(encoder.architecture());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", encoder.name());
    json.put("summary", encoder.summary());
    json.put("paper", encoder.paper());
    json.put("side", encoder.architecture().inputSide());
    json.put("channels", encoder.architecture().inputChannels());
    json.put("dim", blueprint.dim());
    json.put("parameters", blueprint.parameters());
    json.put("multiply_adds", blueprint.multiplyAdds());
    return json;
  }

  private int measure(Path table) {
    List<ListedEncoder> chosen = chosen();
    OptionException.require(
        images >= EncoderTrial.FEWEST_IMAGES,
        "--images",
        images,
        "at least " + EncoderTrial.FEWEST_IMAGES);
    Path folder = work != null ? work : table.resolveSibling(stem(table) + ".work");
    EncoderTable.check(table, folder);
    Console console = doppel.console();
    Omniglot omniglot = data.read(console);
    List<EncoderTrial.Result> results = new ArrayList<>();
    for (ListedEncoder encoder : chosen) {
      EncoderTrial trial = new EncoderTrial(encoder, images, seed, folder);
      EncoderTrial.Result result = trial.run(omniglot, console);
      if (result == null) {
        console.say("Stopped; say the same again to go on.");
        return ExitCode.FAILED;
      }
      results.add(result);
      EncoderTable.write(table, results, images, seed); // what is done is not lost
    }
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "encoders");
      document.put("table", table.toString());
      document.put("images", images);
      document.put("seed", seed);
      document.put("encoders", results.stream().map(EncoderTrial.Result::json).toList());
      console.json(document);
    } else {
      EncoderTable.lines(results).forEach(console::print);
    }
    return ExitCode.DONE;
  }

  private List<ListedEncoder> chosen() {
    List<String> names = Encoders.all().stream().map(ListedEncoder::name).toList();
    for (String name : only) {
      if (!names.contains(name)) {
        throw OptionException.unknown("encoder", name, names);
      }
    }
    return Encoders.all().stream()
        .filter(encoder -> only.isEmpty() || only.contains(encoder.name()))
        .toList();
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** A number with a comma at each thousand. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
