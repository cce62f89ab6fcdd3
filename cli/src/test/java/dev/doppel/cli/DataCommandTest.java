package dev.doppel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.data.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {

  @TempDir private Path folder = Path.of("");

  @Test
  @Tag("real-data")
  void theWholeSetIsCounted() {
    Path data = RealData.omniglot().orElse(null);
    if (data == null) {
      return;
    }
    CommandLineRun run = CommandLineRun.of("data", "check", "--data", data, "--json");

    assertThat(run.exit()).isZero();
    assertThat(run.json().get("whole").asBoolean()).isTrue();
    assertThat(run.json().at("/sets/0/images").asInt()).isEqualTo(19_280);
    assertThat(run.json().at("/sets/1/characters").asInt()).isEqualTo(659);
    assertThat(run.json().get("problems")).isEmpty();
  }

  @Test
  void aPartialSetIsAnErrorThatNamesWhatIsMissing() throws IOException {
    Files.createDirectories(folder.resolve("images_background/Greek/character01"));
    Files.createFile(folder.resolve("all_runs.zip"));

    CommandLineRun run = CommandLineRun.of("data", "check", "--data", folder);

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .contains("images_evaluation is missing", "all_runs.zip: the file is empty");
  }

  @Test
  void aFolderWithoutTheSetIsAnError() {
    CommandLineRun run = CommandLineRun.of("data", "check", "--data", folder, "--json");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.json().at("/error/kind").asText()).isEqualTo("data");
    assertThat(run.err()).contains(folder.toString());
  }

  @Test
  void aDownloadIntoAFileIsRefusedInThoseWords(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "kept");

    CommandLineRun run = CommandLineRun.of("data", "fetch", "--data", file);

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("file is no folder").doesNotContain("network");
    assertThat(file).hasContent("kept");
  }
}
