package dev.doppel.data.omniglot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.DataException;
import dev.doppel.random.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OmniglotTest {

  private static final String GREEK = "images_background/Alpha/character02/0002_03.png";

  private final Path folder;
  private final TinyOmniglot tiny = new TinyOmniglot();

  OmniglotTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void zipsAndFoldersGiveTheSameSet() {
    Omniglot zipped = read(tiny.zipped(folder.resolve("a")));
    Omniglot unpacked = read(tiny.unpacked(folder.resolve("b")));
    assertThat(unpacked).isEqualTo(zipped);
    assertThat(zipped.background().samples()).hasSize(9 * 3);
    assertThat(zipped.evaluation().classes()).hasSize(8);
    assertThat(zipped.fingerprint()).hasSize(16);
  }

  @Test
  void theFoldersThatNestTheSetWillDo() throws IOException {
    Omniglot direct = read(tiny.zipped(folder.resolve("omniglot/python")));
    assertThat(read(folder)).isEqualTo(direct);
    assertThat(read(folder.resolve("omniglot"))).isEqualTo(direct);
    // The set's own repository keeps the runs one folder further down.
    Path runs = folder.resolve("omniglot/python/one-shot-classification/all_runs.zip");
    Files.createDirectories(runs.getParent());
    Files.move(folder.resolve("omniglot/python/all_runs.zip"), runs);
    assertThat(read(folder)).isEqualTo(direct);
  }

  @Test
  void runsAreTheEvaluationSetsOwnSamples() {
    Omniglot set = read(tiny.zipped(folder));
    LakeRuns.Run run = set.runs().runs().get(1);
    assertThat(run.name()).isEqualTo("run02");
    assertThat(run.training())
        .extracting(sample -> sample.id())
        .containsExactly(
            "Gamma/character01/02",
            "Gamma/character02/02",
            "Gamma/character03/02",
            "Gamma/character04/02");
    assertThat(run.items()).extracting(LakeRuns.Item::answer).containsExactly(1, 2, 3, 0);
    assertThat(run.items().get(0).image().id()).isEqualTo("Gamma/character02/03");
    assertThat(set.validationAlphabets().groups()).hasSize(1);
    assertThat(set.validationAlphabets().groups().get(0).name()).isEqualTo("Kappa");
    assertThat(set.testAlphabets().groups().get(0).name()).isEqualTo("Gamma");
  }

  @Test
  void theFingerprintDependsOnEveryPixel() {
    String before = read(tiny.zipped(folder.resolve("a"))).fingerprint();
    tiny.background.put(GREEK, TinyOmniglot.png(105, 105, Seed.of(99)));
    assertThat(read(tiny.zipped(folder.resolve("b"))).fingerprint()).isNotEqualTo(before);
  }

  @Test
  void anImageThatIsNotThePublishedOneIsNamedByItsAlphabet() {
    OmniglotShape strict =
        new OmniglotShape(
            List.of(
                new OmniglotShape.Alphabet("Alpha", 4, "01234567"),
                new OmniglotShape.Alphabet("Beta", 5, "")),
            TinyOmniglot.SHAPE.evaluation(),
            TinyOmniglot.DRAWERS,
            TinyOmniglot.RUNS,
            TinyOmniglot.WAYS,
            "0123456789abcdef");
    OmniglotReading reading = OmniglotReading.of(OmniglotFiles.in(tiny.zipped(folder)), strict);
    assertThat(reading.problems())
        .containsExactly("images_background/Alpha: its images are not the published ones");
  }

  @Test
  void whatIsMissingIsNamed() {
    tiny.background.remove(GREEK);
    tiny.background.keySet().removeIf(path -> path.contains("Beta/character04"));
    tiny.evaluation.keySet().removeIf(path -> path.contains("Kappa"));
    tiny.runs.keySet().removeIf(path -> path.startsWith("run02"));
    assertThat(problems(tiny.zipped(folder)))
        .containsExactlyInAnyOrder(
            "images_background/Alpha/character02: drawer 03 missing of 3",
            "images_background/Beta: character04 is missing",
            "images_evaluation: 1 of 2 alphabets missing: Kappa",
            "all_runs: run02 is missing");
  }

  @Test
  void aMissingPartIsNamed() throws IOException {
    tiny.zipped(folder);
    Files.delete(folder.resolve("all_runs.zip"));
    assertThat(problems(folder))
        .containsExactly("all_runs is missing, both all_runs.zip and a folder of that name");
  }

  @Test
  void imagesThatAreNoneAreNamedWithTheReason() {
    String stem = "images_background/Alpha/character01/0001_";
    byte[] whole = Objects.requireNonNull(tiny.background.get(GREEK));
    tiny.background.put(stem + "01.png", new byte[0]);
    tiny.background.put(stem + "02.png", "no picture".getBytes(StandardCharsets.UTF_8));
    tiny.background.put(stem + "03.png", TinyOmniglot.png(104, 105, Seed.of(1)));
    tiny.background.put(GREEK, Arrays.copyOf(whole, whole.length / 2));
    assertThat(problems(tiny.zipped(folder)))
        .satisfiesExactly(
            p -> assertThat(p).isEqualTo(stem + "01.png: the file is empty (0 bytes)"),
            p -> assertThat(p).isEqualTo(stem + "02.png: not a picture"),
            p -> assertThat(p).isEqualTo(stem + "03.png: 104×105 pixels, not 105×105"),
            p -> assertThat(p).startsWith(GREEK + ": the picture is damaged, it is cut off after"));
  }

  @Test
  void whatDoesNotBelongIsNamed() {
    tiny.background.put("images_background/Klingon/character01/9999_01.png", new byte[0]);
    tiny.background.put("images_background/Alpha/character09/9999_01.png", new byte[0]);
    tiny.background.put("images_background/Alpha/character01/notes.txt", new byte[0]);
    tiny.background.put("stray.png", new byte[0]);
    tiny.background.put("README.md", new byte[0]);
    assertThat(problems(tiny.zipped(folder.resolve("z"))))
        .containsExactlyInAnyOrder(
            "images_background: 1 images outside ALPHABET/characterNN, such as stray.png",
            "images_background: there is no alphabet Klingon in Omniglot",
            "images_background/Alpha: character09 is not one of its 4 characters",
            "images_background/Alpha/character01/notes.txt: no image of drawers 01 to 03 is called"
                + " so");
  }

  @Test
  void aCutOffOrEmptyZipIsNamed() throws IOException {
    tiny.zipped(folder);
    byte[] whole = Files.readAllBytes(folder.resolve("images_background.zip"));
    Files.write(folder.resolve("images_background.zip"), Arrays.copyOf(whole, whole.length / 2));
    Files.write(folder.resolve("all_runs.zip"), new byte[0]);
    List<String> problems = problems(folder);
    assertThat(problems).hasSize(2);
    assertThat(problems.get(0)).startsWith("images_background.zip: not a whole zip archive");
    assertThat(problems.get(1)).isEqualTo("all_runs.zip: the file is empty (0 bytes)");
  }

  @Test
  void labelsThatContradictTheImagesAreNamed() {
    tiny.runs.put(
        "run01/class_labels.txt",
        """
        run01/test/item01.png run01/training/class01.png
        run01/test/item02.png run01/training/class03.png
        run01/test/item03.png run01/training/class04.png
        run01/test/item04.png run01/training/class77.png
        """
            .getBytes(StandardCharsets.UTF_8));
    assertThat(problems(tiny.zipped(folder.resolve("a"))))
        .containsExactly(
            "run01/class_labels.txt: cannot make sense of the line \"run01/test/item04.png"
                + " run01/training/class77.png\"",
            "run01/class_labels.txt: no label for item04");
    tiny.runs.put(
        "run01/class_labels.txt",
        """
        run01/test/item01.png run01/training/class01.png
        run01/test/item02.png run01/training/class03.png
        run01/test/item03.png run01/training/class04.png
        run01/test/item04.png run01/training/class01.png
        """
            .getBytes(StandardCharsets.UTF_8));
    assertThat(problems(tiny.zipped(folder.resolve("b"))))
        .containsExactly(
            "run01: item01 shows Gamma/character02/02, but its label names Gamma/character01/01");
  }

  @Test
  void aRunImageThatIsNotInTheSetIsNamed() {
    tiny.runs.put("run01/test/item02.png", TinyOmniglot.png(105, 105, Seed.of(77)));
    assertThat(problems(tiny.zipped(folder)))
        .containsExactly("run01/test/item02.png: no image of images_evaluation equals it");
  }

  @Test
  void theErrorSaysWhatWasExpectedAndWhatToDo() {
    tiny.background.clear();
    tiny.background.put("x.txt", new byte[0]);
    tiny.runs.remove("run01/test/item01.png");
    assertThatThrownBy(() -> read(tiny.zipped(folder)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Omniglot at " + folder)
        .hasMessageContaining("2 of 2 alphabets missing: Alpha, Beta")
        .hasMessageContaining("Expected 2 alphabets of 9 characters to learn from")
        .hasMessageContaining("doppel data check");
  }

  @Test
  void aWrongFolderIsRefusedWithAGuess() {
    tiny.zipped(folder.resolve("sets/mine"));
    assertThatThrownBy(() -> Omniglot.read(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found none of its parts")
        .hasMessageContaining("Did you mean " + folder.resolve("sets/mine") + "?");
    assertThatThrownBy(() -> Omniglot.read(folder.resolve("sets/mine/all_runs.zip")))
        .hasMessageContaining("this is a file, not a folder")
        .hasMessageContaining("Did you mean " + folder.resolve("sets/mine") + "?");
    assertThatThrownBy(() -> Omniglot.read(Path.of("/nowhere/at/all")))
        .hasMessageContaining("there is no such folder")
        .hasMessageContaining("doppel data fetch");
  }

  @Test
  void aReportCountsWhatIsThere() {
    tiny.background.remove(GREEK);
    OmniglotReport report =
        OmniglotReport.of(
            OmniglotReading.of(OmniglotFiles.in(tiny.zipped(folder)), TinyOmniglot.SHAPE));
    assertThat(report.whole()).isFalse();
    assertThat(report.sets().get(0))
        .isEqualTo(new OmniglotReport.SetCount("omniglot background", 2, 9, 26, 2, 3));
    assertThat(report.describe())
        .contains("2 alphabets     9 characters  2–3 drawers      26 images")
        .contains("1 problem:")
        .contains("- images_background/Alpha/character02: drawer 03 missing of 3");
  }

  private static Omniglot read(Path folder) {
    return OmniglotReading.of(OmniglotFiles.in(folder), TinyOmniglot.SHAPE).orThrow();
  }

  private static List<String> problems(Path folder) {
    return OmniglotReading.of(OmniglotFiles.in(folder), TinyOmniglot.SHAPE).problems();
  }
}
