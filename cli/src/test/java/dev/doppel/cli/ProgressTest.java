package dev.doppel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Console console(boolean terminal) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8);
    return new Console(nowhere, new PrintStream(err, true, UTF_8), terminal);
  }

  @Test
  void shortWorkIsDoneWithoutAWord() {
    try (Progress progress = Progress.patient(console(true), "enrolling")) {
      progress.count(1, 2, "pictures");
      progress.count(2, 2, "pictures");
    }

    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void longWorkHasABarThatIsClearedInTheEnd() {
    try (Progress progress = Progress.prompt(console(true), "enrolling")) {
      progress.count(1_500, 3_000, "pictures");
    }

    assertThat(err.toString(UTF_8))
        .isEqualTo("\r\033[K" + Progress.bar(0.5) + "  50 %  1,500 of 3,000 pictures" + "\r\033[K");
  }

  @Test
  void whatIsLeftStandingIsFollowedByALine() {
    Progress progress = Progress.prompt(console(true), "training");
    progress.show("so far");
    progress.leave();
    progress.close();

    assertThat(err.toString(UTF_8)).isEqualTo("\r\033[Kso far" + System.lineSeparator());
  }

  @Test
  void theBarFillsUp() {
    assertThat(Progress.bar(0)).isEqualTo("─".repeat(24));
    assertThat(Progress.bar(0.5)).isEqualTo("━".repeat(12) + "─".repeat(12));
    assertThat(Progress.bar(1.2)).isEqualTo("━".repeat(24));
  }
}
