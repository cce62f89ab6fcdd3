package dev.doppel.data.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.data.ImageClass;
import dev.doppel.error.DataException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

  @TempDir private Path folder = Path.of("");

  private Path grey(String file, int value) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, "P2 3 2 255 " + (value + " ").repeat(6));
  }

  private void colour(String file, String format, int width, int height) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    pen.setColor(Color.ORANGE);
    pen.fillRect(0, 0, width, height);
    pen.dispose();
    assertThat(ImageIO.write(picture, format, path.toFile())).isTrue();
  }

  @Test
  void classesAndImagesComeInTheOrderOfTheirNames() throws IOException {
    grey("dogs/b.pgm", 2);
    grey("dogs/a.pgm", 1);
    grey("cats/z.PGM", 3);

    ImageFolder read = ImageFolder.read(folder, 8, false);

    assertThat(read.data().groups()).singleElement().extracting("name").isEqualTo("images");
    assertThat(read.data().classes()).extracting(ImageClass::name).containsExactly("cats", "dogs");
    assertThat(read.data().classes().get(1).samples())
        .extracting(sample -> sample.image().sample(0, 0, 0))
        .containsExactly(1, 2);
    assertThat(read.data().samples().map(sample -> sample.id()))
        .containsExactly("images/cats/01", "images/dogs/01", "images/dogs/02");
    assertThat(read.colour()).isFalse();
    assertThat(read.data().name()).isEqualTo("class folder of 2 classes, 3 images");
  }

  @Test
  void aLevelOfGroupsMayLieAbove() throws IOException {
    grey("pets/dogs/a.pgm", 1);
    grey("pets/cats/a.pgm", 2);
    grey("birds/owls/a.pgm", 3);

    ImageFolder read = ImageFolder.read(folder, 8, false);

    assertThat(read.data().groups()).extracting("name").containsExactly("birds", "pets");
    assertThat(read.data().classes().get(1))
        .extracting(ImageClass::group, ImageClass::name)
        .containsExactly("pets", "cats");
    grey("loose/a.pgm", 3);
    assertThatThrownBy(() -> ImageFolder.read(folder, 8, false))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("at its top and others a level below");
  }

  @Test
  void everyFormatIsReadAndLargeImagesAreKeptSmall() throws IOException {
    for (String format : List.of("png", "jpg", "gif", "bmp")) {
      colour("one/a." + format, format, 100, 50);
    }
    colour("two/a.jpeg", "jpg", 12, 30);

    ImageFolder read = ImageFolder.read(folder, 10, false);

    assertThat(read.colour()).isTrue();
    assertThat(read.data().classes().get(0).samples())
        .allSatisfy(
            sample -> {
              assertThat(sample.image().width()).isEqualTo(40);
              assertThat(sample.image().height()).isEqualTo(20);
              assertThat(sample.image().sample(0, 0, 2)).isLessThan(10);
              assertThat(sample.image().sample(39, 19, 0)).isGreaterThan(245);
            });
    assertThat(read.data().classes().get(1).samples().get(0).image().width()).isEqualTo(12);
    assertThat(read.bytes()).isEqualTo(4 * 40 * 20 * 3 + 12 * 30 * 3);
  }

  @Test
  void hiddenAndOtherFilesAreNotLookedAt() throws IOException {
    grey("cats/a.pgm", 1);
    grey("cats/.b.pgm", 1);
    grey(".git/a.pgm", 1);
    grey("__MACOSX/a.pgm", 1);
    Files.writeString(folder.resolve("cats/notes.txt"), "no picture");
    Files.writeString(folder.resolve("README"), "no picture");

    ImageFolder read = ImageFolder.read(folder, 8, false);

    assertThat(read.data().samples()).hasSize(1);
    assertThat(read.others()).isEqualTo(2);
  }

  @Test
  void filesThatCannotBeReadAreNamedOrLeftOut() throws IOException {
    grey("cats/a.pgm", 1);
    Files.writeString(folder.resolve("cats/b.png"), "no picture");
    Files.createFile(folder.resolve("cats/c.jpg"));

    assertThatThrownBy(() -> ImageFolder.read(folder, 8, false))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("2 of the pictures")
        .hasMessageContaining("b.png")
        .hasMessageContaining("c.jpg")
        .hasMessageContaining("Mend or remove them")
        .hasMessageNotContaining("--skip-unreadable");

    ImageFolder read = ImageFolder.read(folder, 8, true);
    assertThat(read.data().samples()).hasSize(1);
    assertThat(read.refused()).hasSize(2);
  }

  @Test
  void picturesOfAFormatThatCannotBeReadAreNotPassedOver() throws IOException {
    for (String name : List.of("cats", "dogs")) {
      for (int i = 0; i < 4; i++) {
        grey(name + "/" + i + ".pgm", 1);
      }
    }
    Files.writeString(folder.resolve("cats/a.webp"), "RIFF0000WEBPVP8 ");

    FolderReport report = FolderReport.of(folder);

    assertThat(report.whole()).isFalse();
    assertThat(report.describe())
        .anyMatch(line -> line.endsWith("a.webp: a WebP picture, a format that cannot be read"));
  }

  @Test
  void oneOfAThingIsCalledOne() throws IOException {
    grey("cats/0.pgm", 1);

    assertThat(FolderReport.of(folder).describe())
        .anyMatch(line -> line.contains("1 image, sides"))
        .anyMatch(line -> line.contains("1 class, 1 image, fingerprint"));
  }

  @Test
  void linksOutOfTheFolderAreNotFollowed(@TempDir Path elsewhere) throws IOException {
    grey("cats/a.pgm", 1);
    Files.createSymbolicLink(
        folder.resolve("cats/within.pgm"), folder.resolve("cats/a.pgm").toAbsolutePath());
    Path secret = Files.writeString(elsewhere.resolve("secret.pgm"), "P2 1 1 255 7");
    Files.createSymbolicLink(folder.resolve("cats/out.pgm"), secret);
    Files.createSymbolicLink(folder.resolve("dogs"), elsewhere);

    assertThatThrownBy(() -> ImageFolder.read(folder, 8, false))
        .hasMessageContaining("out.pgm links out of the folder")
        .hasMessageContaining("dogs links out of the folder");
    assertThat(ImageFolder.read(folder, 8, true).data().samples()).hasSize(2);
  }

  @Test
  void theFingerprintIsOfContentAndNotOfNamesOrPlaces(@TempDir Path elsewhere) throws IOException {
    grey("cats/a.pgm", 1);
    grey("dogs/a.pgm", 2);
    String first = ImageFolder.read(folder, 8, false).fingerprint();
    Path copy = elsewhere.resolve("x/one");
    Files.createDirectories(copy);
    Files.copy(folder.resolve("cats/a.pgm"), copy.resolve("other.pgm"));
    Files.createDirectories(elsewhere.resolve("x/two"));
    Files.copy(folder.resolve("dogs/a.pgm"), elsewhere.resolve("x/two/name.pgm"));

    assertThat(ImageFolder.read(elsewhere.resolve("x"), 32, false).fingerprint())
        .isEqualTo(first)
        .hasSize(16);
    Files.writeString(copy.resolve("other.pgm"), "P2 1 1 255 9", StandardCharsets.US_ASCII);
    assertThat(ImageFolder.read(elsewhere.resolve("x"), 32, false).fingerprint())
        .isNotEqualTo(first);
  }

  @Test
  void aFolderWithoutClassesSaysWhatIsExpected() throws IOException {
    grey("a.pgm", 1);
    assertThatThrownBy(() -> ImageFolder.read(folder, 8, false))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no folder with pictures in it");
    assertThat(ImageFolder.isOne(folder)).isFalse();
    assertThatThrownBy(() -> ImageFolder.read(folder.resolve("no"), 8, false))
        .hasMessageContaining("there is no such folder");
    assertThat(ImageFolder.isOne(folder.resolve("no"))).isFalse();
  }

  @Test
  void theReportTellsClassByClassAndWhatIsWrong() throws IOException {
    for (int i = 0; i < 4; i++) {
      grey("cats/" + i + ".pgm", i);
      colour("dogs/" + i + ".png", "png", 100, 60);
    }

    FolderReport whole = FolderReport.of(folder);
    assertThat(whole.whole()).isTrue();
    assertThat(whole.classes())
        .containsExactly(
            new FolderReport.ClassCount("images", "cats", 4, 2, 3, 0),
            new FolderReport.ClassCount("images", "dogs", 4, 60, 100, 4));
    assertThat(whole.describe()).anyMatch(line -> line.contains("dogs") && line.contains("60 to"));

    grey("mice/a.pgm", 1);
    Files.writeString(folder.resolve("dogs/x.png"), "no picture");
    FolderReport broken = FolderReport.of(folder);
    assertThat(broken.whole()).isFalse();
    assertThat(broken.problems())
        .hasSize(2)
        .anyMatch(problem -> problem.contains("x.png"))
        .anyMatch(problem -> problem.contains("fewer than two images in mice"));
  }
}
