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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockTest {

  private final Path folder;
  private final Path file;

  LockTest(@TempDir Path folder) {
    this.folder = folder;
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
          .hasMessageContaining("any number read it");
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
  void nothingIsLeftBesideAGalleryThatWasClosed() throws IOException {
    for (int i = 0; i < 3; i++) {
      try (DiskGallery writing = DiskGallery.open(file, Access.WRITE)) {
        writing.enrol(List.of(ToyRows.enrolment("a", i)));
        assertThat(WriteLock.lockFile(file)).exists();
      }
      assertThat(beside()).containsExactly("things.gallery");
      try (DiskGallery reading = DiskGallery.open(file, Access.READ)) {
        assertThat(beside()).containsExactly("things.gallery");
        Path copy = file.resolveSibling("copy.gallery");
        reading.copyTo(copy);
        assertThat(beside()).containsExactly("copy.gallery", "things.gallery");
        GalleryFile.delete(copy);
      }
      assertThat(beside()).containsExactly("things.gallery");
    }
  }

  private List<String> beside() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aLockThatIsAboutToEndIsWaitedFor() throws Exception {
    try (OtherProcess other = new OtherProcess(HoldingProcess.class, file)) {
      assertThat(other.line()).startsWith("holding ");
      Thread ending =
          new Thread(
              () -> {
                try {
                  Thread.sleep(200); // meanwhile it is tried a few times, most likely
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                other.kill();
              });
      ending.start();
      WriteLock.of(file, Duration.ofMinutes(5)).close();
      ending.join();
    }
    assertThat(WriteLock.lockFile(file)).doesNotExist();
  }

  @Test
  void locksTakenAndDeletedByManyAreHeldByOneAtATime() throws Exception {
    Path counter = Files.writeString(file.resolveSibling("counter"), "0");
    List<OtherProcess> others = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      others.add(new OtherProcess(CountingProcess.class, file, counter, 400));
    }
    for (OtherProcess each : others) {
      assertThat(each.line()).isEqualTo("counted");
      each.close();
    }
    assertThat(counter).hasContent("1200");
  }

  @Test
  void manyWhoMakeAGalleryAtOnceAllGetIt() throws Exception {
    Path made = file.resolveSibling("new.gallery");
    List<OtherProcess> others = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      others.add(new OtherProcess(MakingProcess.class, made));
    }
    for (OtherProcess each : others) {
      assertThat(each.line()).isEqualTo("ready");
    }
    Files.createFile(file.resolveSibling("go"));
    for (OtherProcess each : others) {
      assertThat(each.line()).isEqualTo("enrolled");
      each.close();
    }
    try (DiskGallery gallery = DiskGallery.open(made, Access.READ)) {
      assertThat(gallery.stats().items()).isEqualTo(4);
    }
  }

  @Test
  void aFolderIsServedByOneProcess() throws Exception {
    try (FolderClaim claim = FolderClaim.of(folder)) {
      assertThatThrownBy(() -> FolderClaim.of(folder))
          .isInstanceOf(GalleryException.class)
          .hasMessageContainingAll("being served by", "this process");
      DiskGallery.open(file, Access.WRITE).close();
    }
    FolderClaim.of(folder).close();
    assertThat(beside()).containsExactly("things.gallery");
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
