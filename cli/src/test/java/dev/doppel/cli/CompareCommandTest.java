package dev.doppel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {

  @TempDir private Path folder = Path.of("");

  private CommandLineRun compare(String losses, String epochs, Object... more) {
    List<Object> line = new ArrayList<>(List.of("compare", "--synthetic", "--losses", losses));
    line.addAll(List.of("--preset", "fully-connected", "--epochs", epochs));
    line.addAll(List.of("--set", "imagesPerEpoch=128", "--set", "batch=64"));
    line.addAll(List.of("--out", folder.resolve("out"), "--results", folder.resolve("results")));
    line.addAll(List.of(more));
    return CommandLineRun.of(line.toArray());
  }

  @Test
  void lossesAreTrainedAlikeAndNoneTwice() throws IOException {
    CommandLineRun first = compare("nt-xent", "1");
    assertThat(first.exit()).as(first.err()).isZero();
    Path kept = folder.resolve("out/nt-xent.json");
    FileTime made = Files.getLastModifiedTime(kept);

    CommandLineRun both = compare("nt-xent,triplet", "1", "--json");

    assertThat(both.exit()).as(both.err()).isZero();
    assertThat(both.err()).contains("kept: " + kept, "2 of 2: triplet");
    assertThat(Files.getLastModifiedTime(kept)).isEqualTo(made);
    JsonNode losses = both.json().at("/losses");
    assertThat(losses).hasSize(2);
    assertThat(losses.get(0).at("/lake20").asDouble())
        .isGreaterThanOrEqualTo(losses.get(1).at("/lake20").asDouble());
    assertThat(losses.findValues("images")).allMatch(each -> each.asInt() == 128);
    assertThat(Files.readString(folder.resolve("results/losses.md")))
        .contains("| `nt-xent` | Chen et al. 2020 |", "| `triplet` |", "SYNTHETIC")
        .contains("doppel compare --synthetic");
    assertThat(Files.readString(folder.resolve("results/losses.svg")))
        .startsWith("<svg")
        .contains("nt-xent", "SYNTHETIC");
    assertThat(folder.resolve("out/nt-xent.onnx")).exists();
    assertThat(folder.resolve("out/nt-xent.checkpoint")).doesNotExist();

    CommandLineRun longer = compare("nt-xent", "2");
    assertThat(longer.exit()).isEqualTo(2);
    assertThat(longer.err()).contains("made with epochs 1, this comparison has 2", "--out");
  }

  @Test
  void unknownLossesAreRefusedBeforeAnythingIsTrained() {
    CommandLineRun run = compare("nt-xent,triplett", "1");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("Did you mean triplet?").doesNotContain("1 of 2");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aFolderOfOnesOwnIsRefusedAndNothingIsMade() throws IOException {
    Path own = folder.resolve("own");
    Files.createDirectories(own.resolve("thing"));
    Files.writeString(own.resolve("thing/a.png"), "never read");

    CommandLineRun run =
        CommandLineRun.of(
            "compare",
            "--data",
            own,
            "--out",
            folder.resolve("out"),
            "--results",
            folder.resolve("results"));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("own is a folder of class folders", "Omniglot");
    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(folder.resolve("results")).doesNotExist();
  }

  @Test
  void aLossThatCannotBeTrainedIsInTheTableWithTheReason() {
    CommandLineRun run = compare("nt-xent", "1", "--set", "optimiser.rate=1e30", "--json");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.json().at("/losses/0/failure").asText()).isNotEmpty();
    assertThat(folder.resolve("results/losses.md")).content().contains("could not be trained");
  }

  @Test
  void lossesAndMinersAreListedWithTheirPapers() {
    CommandLineRun losses = CommandLineRun.of("losses");
    assertThat(losses.exit()).isZero();
    assertThat(losses.out().lines()).hasSize(19);
    assertThat(losses.out()).containsPattern("arcface +.*Deng et al. 2019");

    CommandLineRun miners = CommandLineRun.of("miners", "--json");
    assertThat(miners.json().at("/miners")).hasSize(9);
    assertThat(miners.out()).contains("Wu et al. 2017", "furthest");
  }
}
