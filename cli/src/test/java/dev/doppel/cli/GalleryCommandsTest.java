package dev.doppel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GalleryCommandsTest {

  @TempDir private Path folder = Path.of("");
  private TinyWorld world = new TinyWorld(folder, folder, folder);

  @BeforeEach
  void enrolThreeLabels() {
    world = TinyWorld.in(folder);
    world.run("enroll", "ring", world.ring("ring.png"), "--meta", "kind=round");
    world.run("enroll", "cross", world.cross("cross.png"), "--meta", "kind=straight");
    world.run("enroll", "bar", world.bar("a.png", 3), world.bar("b.png", 9));
  }

  private int items() {
    return world.look("gallery", "stats", "--json").json().get("items").asInt();
  }

  @Test
  void statsSayHowMuchIsThereAndWhoseItIs() {
    JsonNode json = world.look("gallery", "stats", "--json").json();

    assertThat(json.get("labels").asInt()).isEqualTo(3);
    assertThat(json.get("items").asInt()).isEqualTo(4);
    assertThat(json.get("originals").asInt()).isEqualTo(4);
    assertThat(json.get("model").asText()).startsWith("tiny@");
    assertThat(world.look("gallery", "stats").out()).contains("labels", "3", "tiny@", "exact");
  }

  @Test
  void labelsAndImagesAreListedAndFiltered() {
    assertThat(world.look("gallery", "labels").out()).contains("bar         2", "cross       1");
    assertThat(world.look("gallery", "labels", "--where", "kind=round", "--csv").out())
        .isEqualTo("label,items\nring,1\n");
    assertThat(world.look("gallery", "labels", "--where", "kind=odd").out())
        .isEqualTo("No label has an image with the metadata kind=odd.\n");
    assertThat(world.look("gallery", "list", "--label", "bar", "--json").json().get("items"))
        .hasSize(2);
    assertThat(world.look("gallery", "list", "--limit", 3, "--csv").out().lines()).hasSize(4);
    assertThat(world.look("gallery", "list").out()).contains("kind=round", "kept");
  }

  @Test
  void anUnknownLabelIsAnsweredWithTheNearest() {
    for (String line :
        new String[] {
          "forget crss",
          "gallery list --label crss",
          "gallery rename crss x",
          "gallery merge crss bar",
          "gallery merge bar crss"
        }) {
      CommandLineRun run = world.look((Object[]) line.split(" ", -1));
      assertThat(run.exit()).as(line).isEqualTo(1); // the line is right, the label is not there
      assertThat(run.err()).as(line).contains("Did you mean \"cross\"?");
    }
  }

  @Test
  void oneLabelIsForgottenAtOnce() {
    CommandLineRun run = world.look("forget", "bar");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("Forgot \"bar\": 2 images", "2 labels with 2 images remain");
    assertThat(items()).isEqualTo(2);
  }

  @Test
  void moreAreForgottenOnlyWithAYes() {
    CommandLineRun asked = world.look("forget", "bar", "ring");
    assertThat(asked.exit()).isEqualTo(2);
    assertThat(asked.err()).contains("3 images of 2 labels", "--yes");
    assertThat(items()).isEqualTo(4);

    assertThat(world.look("forget", "bar", "ring", "--dry-run").out())
        .contains("Would forget \"bar\": 2 images");
    assertThat(items()).isEqualTo(4);

    assertThat(world.look("forget", "bar", "ring", "--yes").exit()).isZero();
    assertThat(items()).isEqualTo(1);
  }

  @Test
  void imagesAreForgottenByIdAllOrNone() {
    JsonNode bars = world.look("gallery", "list", "--label", "bar", "--json").json().get("items");
    long first = bars.get(0).get("id").asLong();
    long second = bars.get(1).get("id").asLong();

    CommandLineRun wrong = world.look("forget", "--id", first + ",999", "--yes");
    assertThat(wrong.exit()).isEqualTo(1);
    assertThat(wrong.err()).contains("no image with the id 999");
    assertThat(items()).isEqualTo(4);

    assertThat(world.look("forget", "--id", first, second, "--yes", "--json").json().get("ids"))
        .hasSize(2);
    assertThat(items()).isEqualTo(2);
  }

  @Test
  void imagesAreForgottenByTheirMetadata() {
    assertThat(world.look("forget", "--where", "kind=round").out()).contains("Forgot \"ring\"");
    assertThat(world.look("forget", "--where", "kind=round").out())
        .isEqualTo("No image has the metadata kind=round.\n");
    assertThat(world.look("forget").exit()).isEqualTo(2);
    assertThat(world.look("forget", "bar", "--id", 1).exit()).isEqualTo(2);
  }

  @Test
  void aLabelIsRenamedUnlessTheNameIsTaken() {
    assertThat(world.look("gallery", "rename", "bar", "post").out())
        .isEqualTo("\"bar\" is now \"post\", with 2 images.\n");
    CommandLineRun taken = world.look("gallery", "rename", "post", "ring");
    assertThat(taken.exit()).isEqualTo(1);
    assertThat(taken.err()).contains("which is there already", "merge");
  }

  @Test
  void twoLabelsBecomeOne() {
    assertThat(world.look("gallery", "merge", "ring", "bar").out())
        .isEqualTo("1 image of \"ring\" moved to \"bar\", which now has 3.\n");
    assertThat(world.look("gallery", "labels", "--csv").out())
        .isEqualTo("label,items\nbar,3\ncross,1\n");
  }

  @Test
  void compactingKeepsWhatIsThere() {
    world.look("forget", "bar");

    assertThat(world.look("gallery", "compact").exit()).isZero();
    assertThat(items()).isEqualTo(2);
  }

  @Test
  void whatIsExportedIsImportedIntoANewGalleryOrOneThatIsThere() {
    Path zip = folder.resolve("all.zip");
    assertThat(world.look("gallery", "export", zip).out()).startsWith("Exported 4 images to");
    assertThat(world.look("gallery", "export", zip).exit()).isEqualTo(1); // there is one already

    TinyWorld other = new TinyWorld(folder, world.model(), folder.resolve("other.gallery"));
    JsonNode made = other.look("gallery", "import", zip, "--json").json();
    assertThat(made.get("created").asBoolean()).isTrue();
    assertThat(made.get("items").asInt()).isEqualTo(4);
    assertThat(other.look("gallery", "list", "--csv").out())
        .isEqualTo(world.look("gallery", "list", "--csv").out());

    assertThat(other.look("gallery", "import", zip).out())
        .contains("Took 4 images", "3 labels by 8 images");
    assertThat(other.look("gallery", "import", folder.resolve("none.zip")).exit()).isEqualTo(1);
  }

  @Test
  void aGalleryMovesToAnotherModelByItsPictures() {
    Path other = folder.resolve("other.onnx");
    TinyWorld.model(other, 4);
    TinyWorld moved = new TinyWorld(folder, other, world.gallery());

    JsonNode json = moved.run("gallery", "reembed", "--json").json();

    assertThat(json.get("embedded").asInt()).isEqualTo(4);
    assertThat(json.get("model").asText()).startsWith("other@");
    assertThat(Path.of(json.get("before").asText())).exists();
    assertThat(moved.run("identify", folder.resolve("ring.png")).out()).contains("shows \"ring\"");
    assertThat(moved.run("gallery", "reembed").err()).contains("embedded by other@", "already");
  }

  @Test
  void withoutAllPicturesAGalleryMovesOnlyIfTheyMayBeDropped() {
    world.run("enroll", "bare", folder.resolve("ring.png"), "--no-originals");
    Path other = folder.resolve("other.onnx");
    TinyWorld.model(other, 4);
    TinyWorld moved = new TinyWorld(folder, other, world.gallery());

    assertThat(moved.run("gallery", "reembed").exit()).isEqualTo(1);
    assertThat(items()).isEqualTo(5);
    assertThat(moved.run("gallery", "reembed", "--drop-without-original").out())
        .contains("holds 4 images", "Dropped 1 image");
  }

  @Test
  void aGalleryCommandWithoutAVerbNamesThemAll() {
    CommandLineRun run = CommandLineRun.of("gallery");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("Say one of stats, labels, list, rename, merge");
  }

  @Test
  void whatNoImageHasIsSaidAsItWasAskedFor() {
    assertThat(world.look("gallery", "list", "--where", "kind=odd").out())
        .isEqualTo("No image has the metadata kind=odd.\n");
    CommandLineRun run =
        world.run("identify", world.ring("q.png"), "--where", "kind=odd", "--where", "a=b");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .contains("No item", "has the metadata a=b, kind=odd.")
        .doesNotContain("Enrol images first");
  }

  @Test
  void aLabelIsNotMergedIntoItself() {
    CommandLineRun run = world.look("gallery", "merge", "bar", "bar");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("\"bar\" into itself");
  }

  @Test
  void anExportThatHasNoPlaceIsToldInItsOwnWords() {
    assertThat(world.look("gallery", "export", world.write("x.zip", new byte[1])).err())
        .contains("x.zip is there already", "An export never writes over a file")
        .doesNotContain("new gallery");
    assertThat(world.look("gallery", "export", folder.resolve("none/x.zip")).err())
        .contains("no folder", "An export is written into a folder")
        .doesNotContain("A gallery is made");
  }

  @Test
  void theTableOfImagesHasAColumnForEachKey() {
    world.run("enroll", "ring", world.bar("c.png", 5), "--meta", "label=odd");

    assertThat(world.look("gallery", "list", "--csv").out().lines().findFirst())
        .contains("id,label,enrolled,picture,kind,meta.label");
  }

  @Test
  void anEmptyNameIsNoGallery() {
    CommandLineRun run = CommandLineRun.of("gallery", "labels", "--gallery", "");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--gallery is empty");
  }
}
