package dev.doppel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SaidLogTest {

  /** Logs at every level, after a command's manner. */
  static final class Logging {
    public static void main(String[] how) {
      if (how.length > 0) {
        SaidLog.sayAsItHappens();
      }
      System.Logger log = System.getLogger("some.library");
      log.log(Level.DEBUG, "a detail");
      log.log(Level.INFO, "an event of {0}", 7);
      log.log(Level.WARNING, "a warning", new IllegalStateException("its cause"));
    }
  }

  private static String said(String... how) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Logging.class.getName());
    builder.command().addAll(java.util.List.of(how));
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return said;
  }

  @Test
  void aCommandThatEndsSaysWarningsAlone() throws Exception {
    assertThat(said())
        .startsWith("doppel: a warning")
        .contains("its cause")
        .doesNotContain("an event", "a detail");
  }

  @Test
  void oneThatServesSaysWhatHappensAndWhen() throws Exception {
    assertThat(said("serve"))
        .containsPattern("(?m)^20\\d\\d-\\d\\d-\\d\\dT[0-9:.]{12} INFO an event of 7$")
        .contains(" WARNING a warning")
        .doesNotContain("a detail");
  }
}
