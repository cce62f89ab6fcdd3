package dev.doppel.cli;

import dev.doppel.error.DataException;
import dev.doppel.error.DoppelException;
import dev.doppel.error.GalleryException;
import dev.doppel.error.ModelException;
import dev.doppel.error.NearestName;
import dev.doppel.error.OptionException;
import dev.doppel.error.ServerException;
import dev.doppel.error.TrainingException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells a person, or with {@code --json} a program, what went wrong; decides the exit code. */
final class Failures {

  /** What others call an option, or it is called elsewhere, and no slip of the finger. */
  private static final Map<String, String> SYNONYMS =
      Map.of(
          "--meta", "--where", "--filter", "--where", "--output", "--out", "--color", "--colour");

  private final Console console;
  private final List<String> arguments;

  /**
   * @param arguments the command line: it may be that nobody understood it, and still it says
   *     whether the answer must be JSON
   */
  Failures(Console console, List<String> arguments) {
    this.console = console;
    this.arguments = arguments;
  }

  /** A command line that says what no command knows. */
  int misunderstood(ParameterException failure, String[] ignored) {
    CommandSpec command = failure.getCommandLine().getCommandSpec();
    if (arguments.isEmpty()) { // who says nothing wants to know what there is to say
      failure.getCommandLine().usage(failure.getCommandLine().getErr());
      return ExitCode.USAGE;
    }
    String message;
    if (failure instanceof UnmatchedArgumentException unmatched) {
      message = unknown(command, unmatched.getUnmatched().get(0));
    } else if (failure instanceof MissingParameterException && misspelt(command).isPresent()) {
      message = unknown(command, misspelt(command).get()); // most likely what is missing
    } else {
      message =
          WrongValue.in(failure)
              .or(() -> WrongValue.number(failure))
              .orElseGet(() -> ended(String.valueOf(failure.getMessage())));
    }
    return tell(
        "usage",
        message + " See '" + command.qualifiedName() + " --help'.",
        ExitCode.USAGE,
        failure);
  }

  /** A command that could not do its work. */
  int failed(Exception failure, CommandLine line, ParseResult ignored) {
    if (failure instanceof DoppelException expected) {
      int code = expected instanceof OptionException ? ExitCode.USAGE : ExitCode.FAILED;
      return tell(kind(expected), String.valueOf(expected.getMessage()), code, failure);
    }
    return tell(
        "internal",
        "Doppel failed where it should not: "
            + failure
            + ". Run it again with --stacktrace to see where, and please report it.",
        ExitCode.FAILED,
        failure);
  }

  /**
   * A result that did not get to where it was sent; a stream of Java's says so only when asked.
   *
   * @param code what the command came to
   */
  int unwritten(int code) {
    String reason = console.out() instanceof ResultStream results ? results.reason() : "";
    boolean enough = console.out() instanceof ResultStream results && results.readerGone();
    if (!enough) { // who reads only the beginning knows
      console.say(
          "doppel: The result could not be written to standard output%s. What is there of it is not"
                  .formatted(reason.isEmpty() ? "" : " (" + reason + ")")
              + " whole. Send it to a file on a disk with room, and run the command again.");
    }
    return code == ExitCode.DONE ? ExitCode.FAILED : code;
  }

  private int tell(String kind, String message, int code, Exception failure) {
    if (arguments.contains("--json")) {
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("kind", kind);
      error.put("message", message);
      error.put("exit", code);
      console.json(Map.of("error", error));
    }
    console.say("doppel: " + message);
    if (arguments.contains("--stacktrace")) {
      failure.printStackTrace(console.err());
    }
    return code;
  }

  private static String kind(DoppelException failure) {
    if (failure instanceof DataException) {
      return "data";
    } else if (failure instanceof GalleryException) {
      return "gallery";
    } else if (failure instanceof ModelException) {
      return "model";
    } else if (failure instanceof ServerException) {
      return "server";
    } else if (failure instanceof TrainingException) {
      return "training";
    }
    return "option";
  }

  /** The first word that looks like an option and is none. */
  private Optional<String> misspelt(CommandSpec command) {
    return arguments.stream()
        .filter(word -> word.startsWith("--") && word.length() > 2)
        .filter(word -> !command.optionsMap().containsKey(word.replaceFirst("=.*", "")))
        .findFirst();
  }

  private static String unknown(CommandSpec command, String given) {
    int equals = given.indexOf('=');
    if (given.startsWith("-")) {
      String name = equals < 0 ? given : given.substring(0, equals);
      String meant = SYNONYMS.getOrDefault(name, "");
      return "Unknown option "
          + name
          + "."
          + (command.optionsMap().containsKey(meant)
              ? " Did you mean " + meant + "?"
              : nearest(name, command.optionsMap().keySet()));
    }
    if (!command.subcommands().isEmpty()) {
      Collection<String> known = command.subcommands().keySet();
      String meant = nearest(given, known);
      return "Unknown command '" + given + "'." + (meant.isEmpty() ? among(known) : meant);
    }
    return "'" + given + "' is one argument too many.";
  }

  private static String nearest(String given, Collection<String> known) {
    Stream<String> comparable =
        known.stream().filter(name -> name.startsWith("--") || !name.startsWith("-"));
    @Nullable String nearest = NearestName.of(given, comparable.toList());
    return nearest == null ? "" : " Did you mean " + nearest + "?";
  }

  private static String among(Collection<String> known) {
    return " Known are " + String.join(", ", known) + ".";
  }

  private static String ended(String sentence) {
    return sentence.endsWith(".") || sentence.endsWith("?") ? sentence : sentence + ".";
  }
}
