package dev.doppel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCommandTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void aKeyIsShownOnceListedByNameAndRevoked() {
    Path file = folder.resolve("keys.json");
    CommandLineRun added =
        CommandLineRun.of(
            "key", "add", "phone", "--keys", file, "--scopes", "read,write", "--galleries", "a,b");
    assertThat(added.exit()).isZero();
    assertThat(added.out()).matches("doppel_[A-Za-z0-9_-]{43}\\R");
    assertThat(file).content().doesNotContain(added.out().strip());

    CommandLineRun json = CommandLineRun.of("key", "add", "other", "--keys", file, "--json");
    assertThat(json.json().get("key").asText()).startsWith("doppel_");

    CommandLineRun list = CommandLineRun.of("key", "list", "--keys", file);
    assertThat(list.out()).contains("phone", "read,write", "a,b").doesNotContain("doppel_");
    assertThat(CommandLineRun.of("key", "list", "--keys", file, "--json").json().get("keys"))
        .hasSize(2);

    assertThat(CommandLineRun.of("key", "revoke", "phone", "--keys", file).exit()).isZero();
    CommandLineRun again = CommandLineRun.of("key", "revoke", "othe", "--keys", file);
    assertThat(again.exit()).isEqualTo(1);
    assertThat(CommandLineRun.of("key", "add", "other", "--keys", file).exit()).isEqualTo(1);
    assertThat(again.err()).contains("Did you mean other?");
  }

  @Test
  void aKeyThatNobodySawIsNotKept() {
    Path file = folder.resolve("keys.json");
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int each) throws IOException {
            throw new IOException("no room");
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(new BufferedOutputStream(full), false, UTF_8),
            new PrintStream(err, true, UTF_8),
            false);
    assertThat(new Doppel(console).run("key", "add", "a", "--keys", file.toString())).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("none was added").doesNotContain("Keep it");
    assertThat(file).doesNotExist();
  }

  @Test
  void anUnknownScopeAndNoVerbAreNotUnderstood() {
    Path file = folder.resolve("keys.json");
    CommandLineRun scope =
        CommandLineRun.of("key", "add", "phone", "--keys", file, "--scopes", "reed");
    assertThat(scope.exit()).isEqualTo(2);
    assertThat(scope.err()).contains("Did you mean read?");
    assertThat(file).doesNotExist();
    assertThat(CommandLineRun.of("key").err()).contains("add", "list", "revoke");
    CommandLineRun none = CommandLineRun.of("key", "list", "--keys", file);
    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.err()).contains("There is no file of keys");
  }
}
