package dev.doppel.gallery.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.GalleryException;
import dev.doppel.error.OptionException;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.gallery.ToyRows;
import dev.doppel.model.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GalleryFolderTest {

  private static final ModelStamp MODEL = ToyRows.stamp(new Head.Euclidean());

  private final Path folder;

  GalleryFolderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void galleriesLieSideBySide() {
    try (GalleryFolder galleries = GalleryFolder.of(folder.resolve("new/one"), Access.WRITE)) {
      galleries.create("cups", MODEL).enrol(List.of(ToyRows.enrolment("a", 1)));
      DiskGallery plates = galleries.openOrCreate("plates", MODEL);
      assertThat(galleries.openOrCreate("plates", MODEL)).isSameAs(plates);
      assertThat(galleries.open("cups").stats().items()).isEqualTo(1);
      assertThat(galleries.names()).containsExactly("cups", "plates");
      assertThatThrownBy(() -> galleries.create("cups", MODEL))
          .isInstanceOf(GalleryException.class);
      assertThatThrownBy(() -> galleries.open("cusp"))
          .isInstanceOf(GalleryException.class)
          .hasMessageContaining("Did you mean cups?");

      galleries.delete("plates");
      assertThat(galleries.names()).containsExactly("cups");
      assertThatThrownBy(plates::stats).hasMessageContaining("closed");
      assertThatThrownBy(() -> galleries.delete("plates")).isInstanceOf(GalleryException.class);
      assertThat(galleries.create("plates", MODEL).stats().items()).isZero();
    }
    try (GalleryFolder reading = GalleryFolder.of(folder.resolve("new/one"), Access.READ)) {
      assertThat(reading.open("cups").stats().items()).isEqualTo(1);
      assertThatThrownBy(() -> reading.create("more", MODEL))
          .isInstanceOf(GalleryException.class)
          .hasMessageContaining("reading only");
      assertThatThrownBy(() -> reading.delete("cups")).isInstanceOf(GalleryException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "..", "../x", "a/b", "A", "-a", "_a", "a.b", "a\\b", "a\0", "ü", "a b", "con:"
      })
  void namesThatCouldBePathsAreRefused(String name) {
    try (GalleryFolder galleries = GalleryFolder.of(folder, Access.WRITE)) {
      assertThatThrownBy(() -> galleries.open(name)).isInstanceOf(OptionException.class);
      assertThatThrownBy(() -> galleries.create(name, MODEL)).isInstanceOf(OptionException.class);
      assertThatThrownBy(() -> galleries.delete(name)).isInstanceOf(OptionException.class);
      assertThatThrownBy(() -> galleries.open("a".repeat(65))).isInstanceOf(OptionException.class);
    }
  }

  @Test
  void closingClosesAllAndIsTheEnd() {
    GalleryFolder galleries = GalleryFolder.of(folder, Access.WRITE);
    DiskGallery cups = galleries.create("cups", MODEL);
    galleries.close();
    galleries.close();
    assertThatThrownBy(cups::stats).hasMessageContaining("closed");
    assertThatThrownBy(() -> galleries.open("cups")).hasMessageContaining("closed");
    DiskGallery.open(folder.resolve("cups.gallery"), Access.WRITE).close();
  }

  @Test
  void manyThreadsAskingForOneGetTheSame() {
    try (GalleryFolder galleries = GalleryFolder.of(folder, Access.WRITE)) {
      galleries.create("cups", MODEL);
      assertThat(IntStream.range(0, 50).parallel().mapToObj(i -> galleries.open("cups")).distinct())
          .hasSize(1);
    }
  }

  @Test
  void otherFilesAreNoGalleries() throws IOException {
    Files.createFile(folder.resolve("notes.txt"));
    Files.createFile(folder.resolve("UPPER.gallery"));
    Files.createDirectory(folder.resolve("folder.gallery"));
    try (GalleryFolder galleries = GalleryFolder.of(folder, Access.READ)) {
      assertThat(galleries.names()).isEmpty();
      assertThat(galleries.misnamed()).containsExactly("UPPER.gallery", "folder.gallery");
    }
    assertThatThrownBy(() -> GalleryFolder.of(folder.resolve("notes.txt"), Access.WRITE))
        .isInstanceOf(GalleryException.class)
        .hasMessageContainingAll("notes.txt is a file", "Galleries lie in a folder");
    assertThatThrownBy(() -> GalleryFolder.of(folder.resolve("none"), Access.READ))
        .isInstanceOf(GalleryException.class)
        .hasMessageContaining("There is no folder");
  }
}
