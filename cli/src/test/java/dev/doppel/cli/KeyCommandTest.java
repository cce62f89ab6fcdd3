package dev.doppel.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
    assertThat(again.exit()).isEqualTo(2);
    assertThat(again.err()).contains("Did you mean other?");
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
    assertThat(CommandLineRun.of("key", "list", "--keys", file).err()).contains("No keys");
  }
}
