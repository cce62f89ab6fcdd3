package dev.doppel.gallery.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.GalleryException;
import dev.doppel.gallery.Filter;
import dev.doppel.gallery.ToyRows;
import dev.doppel.model.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockTest {

  private final Path file;

  LockTest(@TempDir Path folder) {
    file = folder.resolve("things.gallery");
    DiskGallery.create(file, ToyRows.stamp(new Head.Cosine())).close();
  }

  @Test
  void aSecondProcessIsRefusedByNameButMayRead() throws Exception {
    try (OtherProcess other = new OtherProcess(HoldingProcess.class, file)) {
      String pid = String.valueOf(other.line()).replace("holding ", "");

      assertThatThrownBy(() -> DiskGallery.open(file, Access.WRITE))
          .isInstanceOf(GalleryException.class)
          .hasMessageContaining("process " + pid + " on ")
          .hasMessageContaining("reading only");
      assertThatThrownBy(() -> GalleryFile.delete(file)).isInstanceOf(GalleryException.class);
      try (DiskGallery reading = DiskGallery.open(file, Access.READ)) {
        assertThat(reading.stats().items()).isEqualTo(1);
      }

      other.kill();
      other.await();
      try (DiskGallery writing = DiskGallery.open(file, Access.WRITE)) {
        assertThat(writing.labels(Filter.none(), "", 9))
            .extracting("label")
            .containsExactly("held");
      }
    }
  }

  @Test
  void aSecondOpeningInOneProcessIsRefusedUntilTheFirstIsClosed() throws IOException {
    Path link = file.resolveSibling("link.gallery");
    Files.createSymbolicLink(link, file);
    try (DiskGallery first = DiskGallery.open(file, Access.WRITE)) {
      for (Path path : List.of(file, link)) {
        assertThatThrownBy(() -> DiskGallery.open(path, Access.WRITE))
            .isInstanceOf(GalleryException.class)
            .hasMessageContaining("this process");
      }
      first.enrol(List.of(ToyRows.enrolment("a", 1)));
      try (DiskGallery reading = DiskGallery.open(file, Access.READ)) {
        assertThat(reading.stats().items()).isEqualTo(1);
        first.enrol(List.of(ToyRows.enrolment("b", 2)));
        assertThat(reading.stats().items()).as("what was there when it was opened").isEqualTo(1);
      }
      // The reader's end must not have let go of the writer's lock.
      try (OtherProcess other = new OtherProcess(HoldingProcess.class, file)) {
        assertThat(other.line()).as("the other process could not open it").isNull();
      }
    }
    DiskGallery.open(link, Access.WRITE).close();
  }

  @Test
  void whatIsOpenForReadingIsNotChanged() {
    try (DiskGallery reading = DiskGallery.open(file, Access.READ)) {
      assertThatThrownBy(() -> reading.enrol(List.of(ToyRows.enrolment("a", 1))))
          .isInstanceOf(GalleryException.class)
          .hasMessageContaining("reading only");
      assertThatThrownBy(reading::compact).isInstanceOf(GalleryException.class);
    }
  }
}
