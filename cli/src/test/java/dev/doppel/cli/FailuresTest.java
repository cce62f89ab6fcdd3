package dev.doppel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.error.DataException;
import dev.doppel.error.DoppelException;
import dev.doppel.error.ModelException;
import dev.doppel.error.OptionException;
import dev.doppel.error.ServerException;
import dev.doppel.error.TrainingException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

class FailuresTest {

  private static final CommandLine LINE = new CommandLine(CommandSpec.create());
  private static final ParseResult PARSED = LINE.parseArgs();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console =
      new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false);

  static Stream<Arguments> expected() {
    return Stream.of(
        Arguments.of(new DataException("Given", "Allowed", "Next"), 1, "data"),
        Arguments.of(new ModelException("Given", "Allowed", "Next"), 1, "model"),
        Arguments.of(new ServerException("Given", "Allowed", "Next"), 1, "server"),
        Arguments.of(new TrainingException("Given", "Allowed", "Next"), 1, "training"),
        Arguments.of(new OptionException("Given", "Allowed", "Next"), 2, "option"));
  }

  @ParameterizedTest
  @MethodSource("expected")
  void whatAPersonCanActOnIsToldInItsOwnWords(DoppelException failure, int exit, String kind) {
    int code = new Failures(console, List.of("--json")).failed(failure, LINE, PARSED);

    assertThat(code).isEqualTo(exit);
    assertThat(err.toString(UTF_8)).isEqualToIgnoringNewLines("doppel: Given. Allowed. Next.");
    assertThat(out.toString(UTF_8)).contains("\"kind\": \"" + kind + "\"");
  }

  @Test
  void aFaultOfDoppelsOwnSaysHowToSeeMore() {
    int code =
        new Failures(console, List.of()).failed(new IllegalStateException("oops"), LINE, PARSED);

    assertThat(code).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("oops", "--stacktrace").hasLineCount(1);
    assertThat(out.toString(UTF_8)).isEmpty();
  }
}
