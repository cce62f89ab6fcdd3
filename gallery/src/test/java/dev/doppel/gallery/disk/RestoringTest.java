package dev.doppel.gallery.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.GalleryException;
import dev.doppel.gallery.Filter;
import dev.doppel.gallery.LabelCount;
import dev.doppel.gallery.ToyRows;
import dev.doppel.model.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy put in the place of a gallery: used as it is, or refused, never mixed with the old. */
class RestoringTest {

  private final Path file;
  private final Path backup;

  /** The backup knows "old"; it was copied from the file when nobody had that open. */
  RestoringTest(@TempDir Path folder) throws IOException {
    file = folder.resolve("main.gallery");
    backup = folder.resolve("backup");
    try (DiskGallery gallery = DiskGallery.create(file, ToyRows.stamp(new Head.Cosine()))) {
      gallery.enrol(List.of(ToyRows.enrolment("old", 1)));
    }
    Files.copy(file, backup);
  }

  private static void enrol(DiskGallery gallery, String label) {
    gallery.enrol(List.of(ToyRows.enrolment(label, label.hashCode())));
  }

  private List<String> labels(Access access) {
    try (DiskGallery gallery = DiskGallery.open(file, access)) {
      return gallery.labels(Filter.none(), "", 99).stream().map(LabelCount::label).toList();
    }
  }

  /** As {@code cp} does it: the same file with other bytes. */
  private void copyOver() throws IOException {
    Files.write(file, Files.readAllBytes(backup), StandardOpenOption.TRUNCATE_EXISTING);
  }

  private Path aside() {
    return file.resolveSibling("main.gallery-wal.of-another");
  }

  @ParameterizedTest
  @EnumSource(Access.class)
  void aCopyPutBackAfterAKillIsUsedAsItIs(Access access) throws Exception {
    try (OtherProcess other = new OtherProcess(HoldingProcess.class, file)) {
      assertThat(Objects.requireNonNull(other.line())).startsWith("holding");
      other.kill();
      other.await();
    }
    assertThat(Files.size(Database.log(file))).isPositive();
    copyOver();
    assertThat(labels(access)).containsExactly("old");
    assertThat(aside()).exists();
    assertThat(labels(Access.WRITE)).containsExactly("old");
  }

  @Test
  void aKilledGalleryKeepsItsLogInAnotherPlaceToo() throws Exception {
    try (OtherProcess other = new OtherProcess(HoldingProcess.class, file)) {
      assertThat(Objects.requireNonNull(other.line())).startsWith("holding");
      other.kill();
      other.await();
    }
    Path moved = file.resolveSibling("moved.gallery");
    Files.copy(file, moved);
    Files.copy(Database.log(file), Database.log(moved));
    try (DiskGallery gallery = DiskGallery.open(moved, Access.WRITE)) {
      assertThat(gallery.stats().labels()).isEqualTo(2);
    }
    assertThat(labels(Access.READ)).containsExactly("held", "old");
    assertThat(aside()).doesNotExist();
  }

  @Test
  void aCopyMadeWhileItWasOpenGoesWithNoLogOfIt() throws Exception {
    Files.delete(backup);
    Path log = file.resolveSibling("log");
    try (DiskGallery gallery = DiskGallery.open(file, Access.WRITE)) {
      enrol(gallery, "new");
      gallery.copyTo(backup);
      enrol(gallery, "newer");
      Files.copy(Database.log(file), log);
    }
    copyOver();
    Files.copy(log, Database.log(file));
    assertThat(labels(Access.READ)).containsExactly("new", "old");
    assertThat(aside()).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"written over", "replaced", "removed"})
  void aFileThatIsNoLongerTheOneOpenedTakesNoChange(String how) throws Exception {
    try (DiskGallery gallery = DiskGallery.open(file, Access.WRITE)) {
      enrol(gallery, "new");
      swap(how);
      assertThatThrownBy(() -> enrol(gallery, "lost"))
          .isInstanceOf(GalleryException.class)
          .hasMessageContainingAll("main.gallery", "no more changes", how);
      assertThatThrownBy(() -> gallery.forget("old")).isInstanceOf(GalleryException.class);
      assertThatThrownBy(gallery::compact).isInstanceOf(GalleryException.class);
      if (!how.equals("removed")) {
        assertThatThrownBy(() -> labels(Access.READ))
            .isInstanceOf(GalleryException.class)
            .hasMessageContaining("log of another file");
      }
    }
    if (how.equals("removed")) {
      Files.copy(backup, file);
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(Files.readAllBytes(backup));
    assertThat(labels(Access.READ)).containsExactly("old");
    assertThat(labels(Access.WRITE)).containsExactly("old");
  }

  @ParameterizedTest
  @ValueSource(strings = {"written over", "replaced", "removed"})
  void closingDoesNotSpoilWhatWasPutInItsPlace(String how) throws Exception {
    try (DiskGallery gallery = DiskGallery.open(file, Access.WRITE)) {
      for (int i = 0; i < 50; i++) {
        enrol(gallery, "new" + i);
      }
      swap(how);
    }
    if (how.equals("removed")) {
      Files.copy(backup, file);
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(Files.readAllBytes(backup));
    assertThat(labels(Access.READ)).containsExactly("old");
    assertThat(aside()).exists();
  }

  private void swap(String how) throws IOException {
    switch (how) {
      case "written over" -> copyOver();
      case "replaced" -> {
        Path beside = file.resolveSibling("beside");
        Files.copy(backup, beside);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
      }
      default -> Files.delete(file);
    }
  }

  @Test
  void aTimeThatWasTouchedIsNoSwap() throws IOException {
    try (DiskGallery gallery = DiskGallery.open(file, Access.WRITE)) {
      enrol(gallery, "new");
      Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(1_000_000));
      enrol(gallery, "newer");
    }
    assertThat(labels(Access.READ)).containsExactly("new", "newer", "old");
  }
}
