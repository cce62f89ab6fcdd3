package dev.doppel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.ToyAlphabets;
import dev.doppel.data.Dataset;
import dev.doppel.data.Group;
import dev.doppel.data.ImageClass;
import dev.doppel.data.Sample;
import dev.doppel.episode.EpisodeShape;
import dev.doppel.error.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialListTest {

  private static final Dataset DATA = ToyAlphabets.of(4, 6, 7);

  private final Path folder;

  TrialListTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static TrialList list(Dataset data, int shots) {
    return new Episodes(data, EpisodeShape.within(5, shots), 30, 1).questions();
  }

  @Test
  void aListReadsBackAsItWasWritten() {
    for (int shots = 1; shots <= 3; shots++) {
      Path file = folder.resolve("trials" + shots + ".csv");
      list(DATA, shots).write(file);

      assertThat(TrialList.read(file, DATA.samples())).isEqualTo(list(DATA, shots));
    }
    assertThat(folder.toFile().list()).hasSize(3); // nothing half-written stays behind
  }

  @Test
  void namesWithCommasAndQuotesSurvive() {
    Dataset odd = new Dataset("odd", true, DATA.groups().stream().map(g -> renamed(g)).toList());
    Path file = folder.resolve("odd.csv");
    list(odd, 1).write(file);

    assertThat(TrialList.read(file, odd.samples())).isEqualTo(list(odd, 1));
  }

  private static Group renamed(Group group) {
    String name = group.name() + ", \"old\"\nstyle";
    return new Group(
        name,
        group.classes().stream()
            .map(
                each ->
                    new ImageClass(
                        name,
                        each.name(),
                        each.samples().stream()
                            .map(s -> new Sample(name, s.className(), s.drawer(), s.image()))
                            .toList()))
            .toList());
  }

  @Test
  void theHeadNamesWaysAndShots() {
    assertThat(list(DATA, 1).csv()).startsWith("answer,query,way0,way1,way2,way3,way4\n");
    assertThat(list(DATA, 2).csv()).startsWith("answer,query,way0shot0,way0shot1,way1shot0,");
  }

  @Test
  void aListThatIsWrongSaysWhere() throws IOException {
    Path file = folder.resolve("wrong.csv");
    String good = list(DATA, 1).csv();
    for (String bad :
        List.of(
            "",
            "nonsense",
            "answer,query,way0,way1\n",
            good.replaceFirst("alphabet", "alphabit"),
            good.replaceFirst("\n[0-4],", "\nx,"),
            good.replaceFirst("\n[0-4],", "\n9,"),
            good.replaceFirst("\n[0-4],[^,]*,", "\n0,"))) {
      Files.writeString(file, bad);
      assertThatThrownBy(() -> TrialList.read(file, DATA.samples()))
          .as(bad)
          .isInstanceOf(DataException.class)
          .hasMessageContaining("wrong.csv");
    }
    Files.write(file, new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
    assertThatThrownBy(() -> TrialList.read(file, DATA.samples()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> TrialList.read(folder.resolve("none.csv"), DATA.samples()))
        .isInstanceOf(DataException.class);
  }

  @Test
  void aFolderThatIsNotThereIsSaidSo() {
    assertThatThrownBy(() -> list(DATA, 1).write(folder.resolve("no/such/trials.csv")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cannot be written");
  }
}
