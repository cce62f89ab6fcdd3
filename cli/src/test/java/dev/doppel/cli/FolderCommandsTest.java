package dev.doppel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doppel.cli.report.Png;
import dev.doppel.image.Raster;
import dev.doppel.onnx.ModelFile;
import dev.doppel.onnx.OpenModel;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training and measuring on a person's own folder. */
class FolderCommandsTest {

  private static final int SIDE = 18;

  @TempDir private Path folder = Path.of("");

  /** A class is a colour of its own; images differ by noise. */
  private Path draw(int classes, int images, boolean colour) throws IOException {
    Path own = folder.resolve("own");
    for (int c = 0; c < classes; c++) {
      Path place = Files.createDirectories(own.resolve("thing%02d".formatted(c)));
      Draws hue = Seed.of(c).draws();
      int[] base = {hue.below(200), hue.below(200), hue.below(200)};
      for (int i = 0; i < images; i++) {
        Draws noise = Seed.of(c).at(i).draws();
        int channels = colour ? 3 : 1;
        byte[] samples = new byte[SIDE * (SIDE + 3) * channels];
        for (int p = 0; p < samples.length; p++) {
          samples[p] = (byte) (base[p % channels] + noise.below(50));
        }
        Files.write(
            place.resolve(i + ".png"), Png.of(new Raster(SIDE, SIDE + 3, channels, samples)));
      }
    }
    return own;
  }

  private CommandLineRun train(Path own, Path model, Object... more) {
    List<Object> line = new ArrayList<>(List.of("train", "--data", own, "--size", "16"));
    line.addAll(List.of("--set", "architecture.stages=8,8", "--set", "architecture.stem=8"));
    line.addAll(List.of("--set", "batch=16", "--out", model, "--json"));
    line.addAll(List.of(more));
    return CommandLineRun.of(line.toArray());
  }

  @Test
  void aModelOfOnesOwnImagesIsTrainedAndMeasured() throws IOException {
    Path own = draw(12, 6, true);
    Path model = folder.resolve("own.onnx");

    CommandLineRun run = train(own, model, "--epochs", "3");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).contains("Held 5 of 12 classes back");
    assertThat(run.json().at("/scores/0/protocol").asText())
        .isEqualTo("episodes 5-way 1-shot within");
    assertThat(run.json().at("/scores/0/accuracy").asDouble()).isGreaterThan(0.5);
    try (OpenModel open = ModelFile.open(model, 1)) {
      assertThat(open.twin().encoder().preprocess().channels()).isEqualTo(3);
      assertThat(open.twin().encoder().preprocess().invert()).isFalse();
      assertThat(open.twin().calibration().fitted()).isTrue();
      assertThat(open.twin().provenance().toString())
          .contains("class folder of 12 classes, 72 images")
          .doesNotContain("thing0", folder.toString());
    }

    CommandLineRun measured =
        CommandLineRun.of(
            "evaluate", model, "--data", own, "--protocol", "episodes", "--ways", "5", "--json");
    assertThat(measured.exit()).as(measured.err()).isZero();
    assertThat(measured.json().at("/scores/0/trials").asInt()).isEqualTo(1000);
    assertThat(measured.err()).contains("learned from images of this very folder");
    CommandLineRun calibrated = CommandLineRun.of("calibrate", model, "--check", "--data", own);
    assertThat(calibrated.err()).contains("learned from images of this very folder");
    Files.delete(own.resolve("thing00/0.png"));
    CommandLineRun others =
        CommandLineRun.of("evaluate", model, "--data", own, "--protocol", "episodes", "--ways", 5);
    assertThat(others.err()).doesNotContain("learned from");
    CommandLineRun pairs =
        CommandLineRun.of(
            "evaluate", model, "--data", own, "--protocol", "verification", "--trials", "200");
    assertThat(pairs.exit()).as(pairs.err()).isZero();
    CommandLineRun lake =
        CommandLineRun.of("evaluate", model, "--data", own, "--protocol", "lake20");
    assertThat(lake.exit()).isEqualTo(2);
    assertThat(lake.err()).contains("characters of Omniglot");
  }

  @Test
  void aStoppedRunGoesOnToTheSameFile() throws IOException {
    Path own = draw(4, 8, false);
    Path whole = Files.createDirectory(folder.resolve("a")).resolve("m.onnx");
    Path halves = Files.createDirectory(folder.resolve("b")).resolve("m.onnx");

    CommandLineRun once = train(own, whole, "--epochs", "4");
    CommandLineRun first = train(own, halves, "--epochs", "4", "--stop-after", "2");
    CommandLineRun second = CommandLineRun.of("train", "--resume", "--data", own, "--out", halves);

    assertThat(once.exit()).as(once.err()).isZero();
    assertThat(once.err()).contains("Fewer than ten classes");
    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(second.exit()).as(second.err()).isZero();
    assertThat(halves).hasSameBinaryContentAs(whole);
    try (OpenModel open = ModelFile.open(whole, 1)) {
      assertThat(open.twin().encoder().preprocess().channels()).isEqualTo(1);
    }
  }

  @Test
  void aFolderIsCheckedClassByClass() throws IOException {
    Path own = draw(3, 5, true);

    CommandLineRun many =
        CommandLineRun.of(
            "evaluate", "omniglot", "--data", own, "--protocol", "episodes", "--ways", 500);
    assertThat(many.err()).contains("They need 500 classes with 2 images; there are 3.");
    JsonNode json = CommandLineRun.of("data", "check", "--data", own, "--json").json();
    assertThat(json.get("whole").asBoolean()).isTrue();
    assertThat(json.get("classes")).hasSize(3);
    assertThat(json.at("/classes/2/images").asInt()).isEqualTo(5);

    Files.writeString(own.resolve("thing00/x.png"), "no picture");
    CommandLineRun broken = CommandLineRun.of("data", "check", "--data", own);
    assertThat(broken.exit()).isEqualTo(1);
    assertThat(broken.out()).contains("thing02", "x.png", "not ready");
  }

  @Test
  void tenClassesOfFourAreEnoughForALossThatUsuallyTakesMore() throws IOException {
    Path own = draw(10, 4, false);
    Path model = folder.resolve("m.onnx");
    List<Object> line = new ArrayList<>(List.of("train", "--data", own, "--size", "16"));
    line.addAll(List.of("--set", "architecture.stages=8,8", "--set", "architecture.stem=8"));
    line.addAll(List.of("--epochs", "1", "--out", model, "--loss"));

    for (String loss : List.of("nt-xent", "triplet", "prototypical", "n-pair", "arcface")) {
      List<Object> words = new ArrayList<>(line);
      words.add(loss);
      CommandLineRun run = CommandLineRun.of(words.toArray());
      assertThat(run.exit()).as(loss + run.err()).isZero();
      if (loss.equals("nt-xent")) {
        assertThat(run.err()).contains("Batches of 5x4 rather than the usual", "--batch");
      }
    }
    line.addAll(List.of("nt-xent", "--batch", "16x4"));
    CommandLineRun asked = CommandLineRun.of(line.toArray());
    assertThat(asked.exit()).isEqualTo(2);
    assertThat(asked.err()).contains("16x4", "5 classes to learn from", "Say --batch 5x4.");
  }

  @Test
  void onlyACommandThatHasTheOptionNamesIt() throws IOException {
    Path own = draw(4, 6, false);
    Files.writeString(own.resolve("thing00/x.png"), "no picture");

    CommandLineRun trained = train(own, folder.resolve("m.onnx"), "--epochs", "1");
    CommandLineRun evaluated =
        CommandLineRun.of("evaluate", "omniglot", "--data", own, "--protocol", "episodes");
    CommandLineRun calibrated =
        CommandLineRun.of("calibrate", "omniglot", "--check", "--data", own);

    assertThat(trained.err()).contains("x.png", "--skip-unreadable");
    for (CommandLineRun run : List.of(evaluated, calibrated)) {
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.err()).contains("x.png", "Mend or remove").doesNotContain("--skip");
    }
  }

  @Test
  void aFolderThatIsNotReadySaysWhyAndWhatToDo() throws IOException {
    CommandLineRun few = CommandLineRun.of("data", "check", "--data", draw(3, 3, false));

    assertThat(few.exit()).isEqualTo(1);
    assertThat(few.out())
        .contains("wrong: A class folder of 3 classes, 9 images, where no class has four images.")
        .contains("at least two must have four images", "Add images to two classes");
  }

  @Test
  void aFolderThatIsNothingIsHeldAgainstBothThatItCouldBe() {
    for (String command : new String[] {"data check", "train", "calibrate omniglot --check"}) {
      List<Object> words = new ArrayList<>(List.of((Object[]) command.split(" ", -1)));
      words.add("--data");
      words.add(folder.resolve("missing"));
      CommandLineRun run = CommandLineRun.of(words.toArray());
      assertThat(run.exit()).as(command).isEqualTo(1);
      assertThat(run.err())
          .as(command)
          .contains("missing: there is no such folder", "Omniglot's folder", "for each class");
    }
  }

  @Test
  void optionsOfOnesOwnImagesAreRefusedWithoutThem() {
    CommandLineRun size =
        CommandLineRun.of("train", "--synthetic", "--size", "32", "--out", folder.resolve("m"));
    assertThat(size.exit()).isEqualTo(2);
    assertThat(size.err()).contains("--size without a folder of class folders");

    CommandLineRun colour =
        CommandLineRun.of("train", "--synthetic", "--colour", "gray", "--out", folder.resolve("m"));
    assertThat(colour.exit()).isEqualTo(2);
    assertThat(colour.err()).contains("Did you mean grey?");
  }
}
