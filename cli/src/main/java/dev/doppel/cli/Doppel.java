package dev.doppel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static picocli.CommandLine.ScopeType.INHERIT;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The root of the command line: what is common to all commands. One instance runs one line. */
@Command(
    name = "doppel",
    synopsisSubcommandLabel = "COMMAND",
    description =
        "One-shot image recognition: train a twin network, know a thing from one example.",
    versionProvider = Version.class,
    sortOptions = false,
    footer = {
      "",
      "Results go to standard output, progress and errors to standard error.",
      "Exit codes: 0 done; 1 failed, or what was asked for is not there;",
      "2 the command line is wrong; 130 or 143 stopped by a signal.",
      "",
      "Begin with: doppel demo. Each command explains itself: doppel demo --help"
    })
@SuppressWarnings("unused") // some options are read by the parser, or before it, alone
final class Doppel {

  @Option(names = "--json", scope = INHERIT, description = "Print the result as one JSON document.")
  private boolean json;

  @Option(
      names = "--stacktrace",
      scope = INHERIT,
      description = "Show where in the program an error arose.")
  private boolean stacktrace;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = INHERIT,
      description = "Show help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version.")
  private boolean version;

  /** Building every command takes longer than most of them do, and help needs one line of each. */
  private static final Map<String, Entry> COMMANDS = new LinkedHashMap<>();

  static {
    add(
        "demo",
        "Train a small network from scratch, let it recognise characters of alphabets it never"
            + " saw, and set its score beside the published ones.",
        doppel -> new CommandLine(new DemoCommand(doppel)));
    add(
        "train",
        "Train a network and write it to a model file.",
        doppel -> new CommandLine(new TrainCommand(doppel)));
    add(
        "evaluate",
        "Measure how often a model, or a baseline, is right, by a protocol such as lake20.",
        doppel -> new CommandLine(new EvaluateCommand(doppel)));
    add(
        "reproduce",
        "Measure our rows of the results table again, and mark those that moved.",
        doppel -> new CommandLine(new ReproduceCommand(doppel)));
    add(
        "encoders",
        "List the networks there are, or train and measure them side by side.",
        doppel -> new CommandLine(new EncodersCommand(doppel)));
    add(
        "calibrate",
        "Set a model's thresholds and probabilities by images of your choice.",
        doppel -> new CommandLine(new CalibrateCommand(doppel)));
    add(
        "enroll",
        "Learn new things, each by one image or more under a label.",
        doppel -> new CommandLine(new EnrolCommand(doppel)));
    add(
        "identify",
        "Say which enrolled thing an image shows, or that it shows none.",
        doppel -> new CommandLine(new IdentifyCommand(doppel)));
    add(
        "verify",
        "Say whether two images show the same thing, or one image what a label names.",
        doppel -> new CommandLine(new VerifyCommand(doppel)));
    add(
        "forget",
        "Forget labels, or single images.",
        doppel -> new CommandLine(new ForgetCommand(doppel)));
    add(
        "gallery",
        "Look at what is enrolled, and put it in order.",
        doppel ->
            new CommandLine(new GalleryCommand())
                .addSubcommand(new GalleryStatsCommand(doppel))
                .addSubcommand(new GalleryLabelsCommand(doppel))
                .addSubcommand(new GalleryListCommand(doppel))
                .addSubcommand(new GalleryRenameCommand(doppel))
                .addSubcommand(new GalleryMergeCommand(doppel))
                .addSubcommand(new GalleryExportCommand(doppel))
                .addSubcommand(new GalleryImportCommand(doppel))
                .addSubcommand(new GalleryReembedCommand(doppel))
                .addSubcommand(new GalleryCompactCommand(doppel)));
    add(
        "serve",
        "Recognise over HTTP, with a page to try it in a browser.",
        doppel -> new CommandLine(new ServeCommand(doppel)));
    add(
        "key",
        "Make, list or revoke the keys that the server asks for.",
        doppel ->
            new CommandLine(new KeyCommand())
                .addSubcommand(new KeyCommand.Add(doppel))
                .addSubcommand(new KeyCommand.ListAll(doppel))
                .addSubcommand(new KeyCommand.Revoke(doppel)));
    add(
        "fewshot",
        "Learn to decide between classes of few examples: relation, graph, MAML.",
        doppel ->
            new CommandLine(new FewShotCommand())
                .addSubcommand(new FewShotTrainCommand(doppel))
                .addSubcommand(new FewShotEvaluateCommand(doppel)));
    add(
        "losses",
        "List the losses to train with.",
        doppel -> new CommandLine(new CatalogueCommand.Losses(doppel)));
    add(
        "miners",
        "List the miners, which choose what of a batch a loss is summed over.",
        doppel -> new CommandLine(new CatalogueCommand.Miners(doppel)));
    add(
        "compare",
        "Train by several losses alike, and set what each recognises side by side.",
        doppel -> new CommandLine(new CompareCommand(doppel)));
    add(
        "data",
        "Check or download the data set.",
        doppel ->
            new CommandLine(new DataCommand())
                .addSubcommand(new DataCheckCommand(doppel))
                .addSubcommand(new DataFetchCommand(doppel)));
  }

  /** The British spelling of a command. */
  private static final String ENROL = "enrol";

  private static void add(String name, String description, Function<Doppel, CommandLine> full) {
    COMMANDS.put(name, new Entry(name, description, full));
  }

  private final Console console;
  private List<String> words = List.of();

  Doppel(Console console) {
    this.console = console;
  }

  Console console() {
    return console;
  }

  /** The command line as it was typed. */
  String line() {
    return "doppel " + String.join(" ", words);
  }

  /** Whether the result is wanted as JSON. */
  boolean json() {
    return json;
  }

  /** Runs one command line and returns the process's exit code. */
  int run(String... arguments) {
    words = List.of(arguments);
    CommandLine line = commandLine();
    Failures failures = new Failures(console, words);
    line.setParameterExceptionHandler(failures::misunderstood);
    line.setExecutionExceptionHandler(failures::failed);
    int code = line.execute(arguments);
    return console.out().checkError() ? failures.unwritten(code) : code;
  }

  private CommandLine commandLine() {
    CommandLine line = new CommandLine(this);
    String first = words.isEmpty() ? "" : words.get(0);
    String wanted = first.equals(ENROL) ? "enroll" : first;
    COMMANDS.forEach(
        (name, command) -> {
          String[] aliases = name.equals("enroll") ? new String[] {ENROL} : new String[0];
          line.addSubcommand(name, command.of(this, wanted), aliases);
        });
    line.setOut(new PrintWriter(console.out(), true, UTF_8));
    line.setErr(new PrintWriter(console.err(), true, UTF_8));
    line.setUnmatchedOptionsArePositionalParams(false);
    return line;
  }

  /** A command under its name; built in full only if it is the one that is run. */
  private record Entry(String name, String description, Function<Doppel, CommandLine> full) {

    CommandLine of(Doppel doppel, String wanted) {
      CommandLine line =
          name.equals(wanted) ? full.apply(doppel) : new CommandLine(CommandSpec.create());
      line.getCommandSpec().name(name).usageMessage().description(description);
      return line;
    }
  }
}
