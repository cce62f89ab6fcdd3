package dev.doppel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnrolCommandTest {

  @TempDir private Path folder = Path.of("");
  private TinyWorld world = new TinyWorld(folder, folder, folder);

  @BeforeEach
  void begin() {
    world = TinyWorld.in(folder);
  }

  @Test
  void oneImageMakesAGalleryThatKnowsIt() {
    Path ring = world.ring("ring.png");

    CommandLineRun run = world.run("enroll", "ring", ring);

    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            Enrolled 1 image under 1 label in the new gallery %s.
            It now knows 1 label by 1 image.
            """
                .formatted(world.gallery()));
    assertThat(world.run("identify", ring).out()).contains("shows \"ring\"");
  }

  @Test
  void theBritishSpellingIsTheSameCommand() {
    assertThat(world.run("enrol", "ring", world.ring("ring.png")).exit()).isZero();
    assertThat(CommandLineRun.of("enrol", "--help").out())
        .isEqualTo(CommandLineRun.of("enroll", "--help").out());
  }

  @Test
  void moreImagesJoinTheLabelAndTheGalleryThatIsThere() {
    world.run("enroll", "ring", world.ring("a.png"));

    CommandLineRun run = world.run("enroll", "ring", world.ring("b.png"), "--json");

    JsonNode json = run.json();
    assertThat(json.get("created").asBoolean()).isFalse();
    assertThat(json.get("enrolled").asInt()).isEqualTo(1);
    assertThat(json.get("ids")).hasSize(1);
    assertThat(json.get("labels").asInt()).isEqualTo(1);
    assertThat(json.get("items").asInt()).isEqualTo(2);
  }

  @Test
  void aFolderOfClassFoldersNamesItsLabels() throws IOException {
    world.ring("things/ring/1.png");
    world.ring("things/ring/2.png");
    world.cross("things/signs/cross/1.png");
    Files.writeString(folder.resolve("things/ring/notes.txt"), "no picture");
    Files.writeString(folder.resolve("things/.hidden.png"), "hidden");

    CommandLineRun run = world.run("enroll", "--folder", folder.resolve("things"));

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("Enrolled 3 images under 2 labels");
    assertThat(world.look("gallery", "labels", "--csv").out())
        .isEqualTo("label,items\nring,2\nsigns/cross,1\n");
  }

  @Test
  void aPictureOutsideOfTheClassFoldersIsRefused() {
    world.ring("things/ring/1.png");
    world.cross("things/stray.png");

    CommandLineRun run = world.run("enroll", "--folder", folder.resolve("things"));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("stray.png lies in no class folder", "doppel enroll LABEL");
    assertThat(world.gallery()).doesNotExist();
  }

  @Test
  void aTableNamesFilesLabelsAndMetadata() {
    world.ring("in/ring.png");
    world.cross("in/cross, the.png");
    Path csv =
        world.write(
            "in/list.csv",
            "label,file,colour\nring,ring.png,red\n\"a \"\"cross\"\"\",\"cross, the.png\",\n"
                .getBytes(UTF_8));

    CommandLineRun run = world.run("enroll", "--csv", csv, "--meta", "by=hand");

    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    JsonNode items = world.look("gallery", "list", "--json").json().get("items");
    assertThat(items).hasSize(2);
    assertThat(items.get(0).get("metadata").toString())
        .isEqualTo("{\"by\":\"hand\",\"colour\":\"red\"}");
    assertThat(items.get(1).get("label").asText()).isEqualTo("a \"cross\"");
    assertThat(items.get(1).get("metadata").toString()).isEqualTo("{\"by\":\"hand\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "file;a.png|begins with the columns",
        "file,label;a.png|row 2: 1 cells",
        "file,label;a.png,|row 2: Label \"\"",
        "file,label,by;a.png,ring,me|which is also a column",
        "file,label|names no picture",
      })
  void aTableThatIsWrongIsRefused(String table, String message) {
    Path csv = world.write("list.csv", table.replace(';', '\n').getBytes(UTF_8));

    CommandLineRun run = world.run("enroll", "--csv", csv, "--meta", "by=hand");

    assertThat(run.exit()).isNotZero();
    assertThat(run.err()).contains(message);
    assertThat(world.gallery()).doesNotExist();
  }

  @Test
  void onePictureThatCannotBeReadStopsAllBeforeAnythingIsEnrolled() {
    for (int i = 0; i < 70; i++) { // more than one batch
      world.bar("in/%02d.png".formatted(i), i % 22);
    }
    world.write("in/69.png", new byte[] {1, 2, 3});

    CommandLineRun run = world.run("enroll", "bar", folder.resolve("in"));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("69.png: not a picture");
    assertThat(world.gallery()).doesNotExist();
  }

  @Test
  void onRequestWhatCannotBeReadIsListedAndTheRestEnrolled() {
    for (int i = 0; i < 70; i++) {
      world.bar("in/%02d.png".formatted(i), i % 22);
    }
    world.write("in/03.png", new byte[] {1, 2, 3});

    CommandLineRun run =
        world.run("enroll", "bar", folder.resolve("in"), "--skip-unreadable", "--json");

    assertThat(run.exit()).isZero();
    assertThat(run.json().get("enrolled").asInt()).isEqualTo(69);
    assertThat(run.json().at("/unreadable/0/file").asText()).endsWith("03.png");
    assertThat(run.err()).contains("Passed over 1 unreadable picture", "03.png");
  }

  @Test
  void aStoppedRunGoesOnAfterWhatIsDone() {
    for (int i = 0; i < 5; i++) {
      world.bar("in/%d.png".formatted(i), i);
    }
    world.run("enroll", "bar", folder.resolve("in/0.png"), folder.resolve("in/1.png"));

    CommandLineRun run = world.run("enroll", "bar", folder.resolve("in"), "--skip", 2);

    assertThat(run.out()).contains("Enrolled 3 images", "by 5 images");
    assertThat(world.run("enroll", "bar", folder.resolve("in"), "--skip", 5).err())
        .contains("--skip is 5", "There are 5 pictures", "Take less than 5");
  }

  @Test
  void aRunThatIsInterruptedKeepsWhatItAcknowledgedAndSaysHowMuch() throws Exception {
    world.ring("ring.png");
    Path csv =
        world.write(
            "list.csv", ("file,label\n" + "ring.png,ring\n".repeat(200_000)).getBytes(UTF_8));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "enroll",
            "--csv=" + csv,
            "--model=" + world.model(),
            "--skip-unreadable",
            "--json");
    builder.environment().put("DOPPEL_GALLERY", world.gallery().toString());
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    while (process.isAlive() && !Files.exists(world.gallery())) {
      Thread.sleep(10);
    }
    process.destroy(); // a request to end, as Ctrl-C is
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

    CommandLineRun run =
        new CommandLineRun(process.exitValue(), Files.readString(out), Files.readString(err));
    assertThat(run.exit()).isIn(143, 1); // 1 where there are no signals
    long enrolled = run.json().get("enrolled").asLong();
    assertThat(run.json().get("complete").asBoolean()).isFalse();
    assertThat(enrolled).isBetween(0L, 199_999L);
    assertThat(run.err()).contains("what is enrolled stays. Go on with --skip " + enrolled);
    assertThat(world.look("gallery", "stats", "--json").json().get("items").asLong())
        .isEqualTo(enrolled);
  }

  @Test
  void withoutOriginalsNoPictureIsKept() {
    Path ring = world.ring("ring.png");
    world.run("enroll", "kept", ring);
    world.run("enroll", "not", ring, "--no-originals");

    assertThat(world.look("gallery", "list", "--csv").out().lines().map(l -> l.split(",", -1)[3]))
        .containsExactly("picture", "true", "false");
  }

  @Test
  void aGalleryOfAnotherModelIsRefusedBeforeAnythingIsEmbedded() {
    world.run("enroll", "ring", world.ring("ring.png"));
    Path other = folder.resolve("other.onnx");
    TinyWorld.model(other, 4);

    CommandLineRun run =
        CommandLineRun.of(
            "enroll",
            "cross",
            world.cross("cross.png"),
            "--model",
            other,
            "--gallery",
            world.gallery());

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("tiny@", "other@", "gallery reembed");
    assertThat(world.look("gallery", "stats", "--json").json().get("items").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "enroll|Nothing to enrol",
        "enroll ring|Label \"ring\" without an image",
        "enroll ring --folder x|More than one of LABEL",
        "enroll ring none.png --meta colour|--meta colour",
        "enroll ring none.png --meta a=1 --meta a=2|says a twice",
      })
  void whatIsNotUnderstoodIsRefused(String line, String message) {
    CommandLineRun run = CommandLineRun.of((Object[]) line.split(" ", -1));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }
}
