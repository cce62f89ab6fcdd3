package dev.doppel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoppelTest {

  @Test
  void helpNamesEveryCommandAndGoesToStandardOutput() {
    CommandLineRun run = CommandLineRun.of("--help");

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("  demo ", "  train ", "  evaluate ", "  enroll, enrol ", "  identify ")
        .contains("  verify ", "  forget ", "  gallery ", "  data ", "Exit codes: 0");
    assertThat(run.err()).isEmpty();
  }

  private static final String[] COMMANDS = {
    "demo",
    "train",
    "evaluate",
    "reproduce",
    "enroll",
    "identify",
    "verify",
    "forget",
    "gallery",
    "gallery stats",
    "gallery labels",
    "gallery list",
    "gallery rename",
    "gallery merge",
    "gallery export",
    "gallery import",
    "gallery reembed",
    "gallery compact",
    "fewshot",
    "fewshot train",
    "fewshot evaluate",
    "data"
  };

  static String[] commands() {
    return COMMANDS.clone();
  }

  private static CommandLineRun help(String command) {
    return CommandLineRun.of((Object[]) (command + " --help").split(" ", -1));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelp(String command) {
    CommandLineRun run = help(command);

    assertThat(run.exit()).isZero();
    assertThat(run.out()).startsWith("Usage: doppel " + command).contains("--json");
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void noHelpIsWiderThanATerminal(String command) {
    assertThat(help(command).out().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @Test
  void versionNamesTheProgramAndItsJava() {
    CommandLineRun run = CommandLineRun.of("--version");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).startsWith("doppel ").contains("Java " + Runtime.version());
  }

  @Test
  void whoSaysNothingIsShownWhatThereIsToSay() {
    CommandLineRun run = CommandLineRun.of();

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("Usage: doppel", "evaluate");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "evaluat, Unknown command 'evaluat'. Did you mean evaluate?",
        "demmo, Unknown command 'demmo'. Did you mean demo?",
        "--jsn, Unknown option --jsn. Did you mean --json?",
        "evaluate --protcol lake20, Unknown option --protcol. Did you mean --protocol?",
        "evaluate --protcol=lake20, Unknown option --protcol. Did you mean --protocol?",
        "train --epoch 3, Unknown option --epoch. Did you mean --epochs?",
        "data chek, Unknown command 'chek'. Did you mean check?",
        "verify a.png --modle x, Unknown option --modle. Did you mean --model?",
        "verify a.png b.png c.png, 'c.png' is one argument too many.",
        "identify, There is no IMAGE.",
        "identify a.png --galery x, Unknown option --galery. Did you mean --gallery?",
        "gallery merg a b, Unknown command 'merg'. Did you mean merge?",
        "verify a.png, There is no B",
        "identify a.png --top x, --top is 'x'. It must be a whole number.",
        "identify a.png --top 99999999999, --top is '99999999999'. It must be a whole number of"
            + " fewer",
        "identify a.png --false-accepts x, --false-accepts is 'x'. It must be a number",
        "train --budget abc, The budget is 'abc'. It must be a time in hours",
        "forget --id x, --id is 'x'. It must be a whole number.",
        "data, What about the data? Say 'check' or 'fetch'.",
      })
  void whatIsNotUnderstoodIsRefusedWithTheNearestName(String line, String message) {
    CommandLineRun run = CommandLineRun.of((Object[]) line.split(" ", -1));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("doppel: " + message).contains("--help'");
  }

  @Test
  void aNameNearToNoneIsAnsweredWithAll() {
    assertThat(CommandLineRun.of("xylophone").err())
        .contains(
            "Known are demo, train, evaluate, reproduce, encoders, calibrate, enroll, enrol,");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      delimiter = ';',
      value = {
        "train --budget 1m --budget 2m; --budget is there twice.",
        "train --budget; --budget has no value. Write TIME after it.",
        "evaluate omniglot; There is no --protocol. Write --protocol NAME.",
        "identify a.png --meta a=b; Unknown option --meta. Did you mean --where?",
        "identify a.png --filter a=b; Unknown option --filter. Did you mean --where?",
        "identify a.png --false-accepts 2; --false-accepts is 2.0.",
        "train --freeze-statistics 3; --freeze-statistics is 3.0.",
        "train --loss triplet:margin=x; Give margin such a value",
        "train --colour pink; --colour is \"pink\". It must be one of rgb, grey, auto",
      })
  void whatAPersonWroteIsCalledAsTheyWroteIt(String line, String message) {
    CommandLineRun run = CommandLineRun.of((Object[]) line.split(" ", -1));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "evaluate --matcher pixel-cosin --protocol lake20, pixel-cosine",
        "evaluate --matcher pixel-cosine --protocol lake21, lake20",
        "train --architecture residul, residual",
        "train --preset evryday, everyday",
        "train --set optimiser.rte=1, optimiser.rate",
      })
  void unknownNamesAreRefusedWithTheNearestOne(String line, String meant) {
    CommandLineRun run = CommandLineRun.of((Object[]) line.split(" ", -1));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("Did you mean " + meant + "?");
  }

  @Test
  void noWordOfALibraryStandsInAMessage() {
    for (String line :
        new String[] {"train --budget abc", "identify a.png --top x", "enroll --csv nofile"}) {
      assertThat(CommandLineRun.of((Object[]) line.split(" ", -1)).err())
          .as(line)
          .doesNotContain("Exception", "java.", "dev.", "Could not convert")
          .hasLineCount(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, --version",
    "1, verify missing.png b.png",
    "1, gallery list --gallery missing.gallery",
    "1, evaluate omniglott --protocol lake20",
    "1, data check --data missing",
    "2, verify a.png --label b --lable c",
    "2, calibrate omniglot",
    "2, gallery merge a a",
    "2, identify a.png --csv --json",
  })
  void theExitCodeTellsAWrongLineFromAnythingElse(int code, String line) {
    assertThat(CommandLineRun.of((Object[]) line.split(" ", -1)).exit()).isEqualTo(code);
  }

  /** What lies behind {@code > /dev/full}. */
  private static final class Full extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("No space left on device");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version", "evaluate --help", "key --help"})
  void aResultThatCannotBeWrittenIsAFailure(String line) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(new ResultStream(new Full()), new PrintStream(err, true, UTF_8), false);

    assertThat(new Doppel(console).run(line.split(" ", -1))).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .startsWith("doppel: The result could not be written")
        .contains("No space left on device")
        .hasLineCount(1);
  }

  @Test
  void whoReadsOnlyTheBeginningIsNotToldSo() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    Console console = new Console(new ResultStream(gone), new PrintStream(err, true, UTF_8), false);

    assertThat(new Doppel(console).run("--help")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void anErrorIsAlsoOneJsonDocument() {
    CommandLineRun run = CommandLineRun.of("verify", "missing.png", "b.png", "--json");

    JsonNode error = run.json().get("error");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(error.get("kind").asText()).isEqualTo("data");
    assertThat(error.get("message").asText()).contains("missing.png");
    assertThat(error.get("exit").asInt()).isEqualTo(1);
    assertThat(run.err()).contains("missing.png");
  }

  @Test
  void aLineThatWasNotUnderstoodIsAlsoOneJsonDocument() {
    CommandLineRun run = CommandLineRun.of("evaluate", "--protcol", "x", "--json");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.json().at("/error/kind").asText()).isEqualTo("usage");
  }

  @Test
  void noStackIsShownUnlessAskedFor() {
    assertThat(CommandLineRun.of("verify", "missing.png", "b.png").err())
        .hasLineCount(1)
        .doesNotContain("\tat ");
    assertThat(CommandLineRun.of("verify", "missing.png", "b.png", "--stacktrace").err())
        .contains("\tat dev.doppel");
  }
}
