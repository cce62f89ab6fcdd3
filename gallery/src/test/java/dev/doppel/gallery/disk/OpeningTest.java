package dev.doppel.gallery.disk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.GalleryException;
import dev.doppel.gallery.Filter;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.gallery.ToyRows;
import dev.doppel.model.Head;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningTest {

  private static final ModelStamp MODEL = ToyRows.stamp(new Head.Cosine());

  private final Path folder;

  OpeningTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private void refused(Path file, String... words) {
    for (Access access : Access.values()) {
      assertThatThrownBy(() -> DiskGallery.open(file, access))
          .isInstanceOf(GalleryException.class)
          .hasMessageContainingAll(words);
    }
  }

  @Test
  void whatIsNoGalleryIsRefusedByWhatItIs() throws Exception {
    refused(folder.resolve("none.gallery"), "There is no gallery", "none.gallery");
    refused(folder, "is a folder");
    Path text = Files.writeString(folder.resolve("text.gallery"), "SQLite, but not quite");
    refused(text, "does not begin as an SQLite file");
    refused(Files.createFile(folder.resolve("empty.gallery")), "does not begin");
    Path other = folder.resolve("other.gallery");
    try (var on = Database.create(other)) {
      Database.execute(on, "CREATE TABLE songs (title TEXT)");
    }
    refused(other, "no gallery", "Name another file");
  }

  @Test
  void aNewerFormatIsRefusedByItsNumber() throws SQLException {
    Path file = folder.resolve("newer.gallery");
    DiskGallery.create(file, MODEL).close();
    try (var on = Database.write(file)) {
      Database.execute(on, "PRAGMA user_version = 2");
    }
    refused(file, "format 2", "formats 1 to 1", "newer version");
  }

  @Test
  void aGalleryIsMadeOnlyWhereThereIsNothing() throws IOException {
    Path file = folder.resolve("things.gallery");
    DiskGallery.create(file, MODEL).close();
    assertThatThrownBy(() -> DiskGallery.create(file, MODEL))
        .isInstanceOf(GalleryException.class)
        .hasMessageContaining("there already");
    assertThatThrownBy(() -> DiskGallery.create(folder.resolve("no/such.gallery"), MODEL))
        .isInstanceOf(GalleryException.class)
        .hasMessageContaining("There is no folder");
  }

  @Test
  void aNewGalleryInheritsNothingFromOneThatWasDeleted() throws IOException {
    Path file = folder.resolve("things.gallery");
    byte[] log;
    try (DiskGallery old = DiskGallery.create(file, MODEL)) {
      old.enrol(List.of(ToyRows.enrolment("old", 1)));
      log = Files.readAllBytes(Database.log(file));
    }
    Files.delete(file);
    Files.write(Database.log(file), log);

    try (DiskGallery made = DiskGallery.create(file, MODEL)) {
      assertThat(made.stats().items()).isZero();
    }
  }

  @Test
  void anyFolderNameWillDo() throws IOException {
    Path odd = Files.createDirectory(folder.resolve("Ünd so? #1 100%25&mode=ro;x"));
    Path file = odd.resolve("things.gallery");
    try (DiskGallery made = DiskGallery.create(file, MODEL)) {
      made.enrol(List.of(ToyRows.enrolment("a", 1)));
      made.copyTo(odd.resolve("cöpy?.gallery"));
    }
    for (Path each : List.of(file, odd.resolve("cöpy?.gallery"))) {
      try (DiskGallery again = DiskGallery.open(each, Access.READ)) {
        assertThat(again.stats().items()).isEqualTo(1);
      }
      DiskGallery.open(each, Access.WRITE).close();
    }
  }

  @Test
  void aCopyIsAGalleryOfItsOwn() {
    Path copy = folder.resolve("copy.gallery");
    try (DiskGallery gallery = DiskGallery.create(folder.resolve("things.gallery"), MODEL)) {
      gallery.enrol(IntStream.range(0, 50).mapToObj(i -> ToyRows.enrolment("l" + i, i)).toList());
      gallery.copyTo(copy);
      gallery.forget("l7");
      assertThatThrownBy(() -> gallery.copyTo(copy)).isInstanceOf(GalleryException.class);
    }
    try (DiskGallery gallery = DiskGallery.open(copy, Access.WRITE)) {
      assertThat(gallery.stats().items()).isEqualTo(50);
      assertThat(gallery.enrol(List.of(ToyRows.enrolment("new", 1))).get(0)).isEqualTo(51);
    }
  }

  @Test
  void aFullDiskChangesNothing() throws SQLException {
    Path file = folder.resolve("things.gallery");
    try (DiskGallery gallery = DiskGallery.create(file, MODEL)) {
      gallery.enrol(List.of(ToyRows.enrolment("a", 1)));
      long pages = Database.number(gallery.connection(), "PRAGMA page_count");
      Database.number(gallery.connection(), "PRAGMA max_page_count = " + (pages + 1));
      var many = IntStream.range(0, 500).mapToObj(i -> ToyRows.enrolment("b" + i, i)).toList();

      assertThatThrownBy(() -> gallery.enrol(many))
          .isInstanceOf(GalleryException.class)
          .hasMessageContaining("disk is full")
          .hasMessageContaining("Free some room")
          .matches(e -> ((GalleryException) e).isFull());
      assertThat(gallery.stats().items()).isEqualTo(1);
      assertThat(gallery.labels(Filter.none(), "", 9)).hasSize(1);

      Database.number(gallery.connection(), "PRAGMA max_page_count = 1000000");
      assertThat(gallery.enrol(many)).startsWith(2L);
    }
    try (DiskGallery gallery = DiskGallery.open(file, Access.READ)) {
      assertThat(gallery.stats().items()).isEqualTo(501);
    }
  }

  @Test
  void aFullDiskIsToldAsOneWhoeverNoticesIt() {
    Path file = folder.resolve("things.gallery");
    for (IOException e :
        List.of(
            new IOException("No space left on device"),
            new FileSystemException(file.toString(), null, "Disk quota exceeded"))) {
      assertThat(Fault.of(file, "be made", e).isFull()).isTrue();
    }
    assertThat(Fault.of(file, "be made", new IOException("Is a directory")).isFull()).isFalse();
  }

  @Test
  void damageIsToldInWordsThatAreNotTheDatabases() throws Exception {
    Path file = folder.resolve("things.gallery");
    try (DiskGallery gallery = DiskGallery.create(file, MODEL)) {
      gallery.enrol(IntStream.range(0, 50).mapToObj(i -> ToyRows.enrolment("l" + i, i)).toList());
    }
    byte[] whole = Files.readAllBytes(file);
    byte[] renamed = whole.clone();
    int column = new String(whole, ISO_8859_1).indexOf("dim INTEGER");
    renamed[column + 2] = 'n';
    for (byte[] spoilt : List.of(Arrays.copyOf(whole, 20_000), renamed)) {
      Files.write(file, spoilt);
      for (Access access : Access.values()) {
        assertThatThrownBy(() -> DiskGallery.open(file, access))
            .isInstanceOf(GalleryException.class)
            .hasMessageContainingAll("is damaged", "Restore a copy")
            .hasMessageNotContainingAny("malformed", "no such column");
      }
    }
  }

  @Test
  void aReadOnlyFileAndFolderCanBeSearched() throws IOException {
    Path file = folder.resolve("things.gallery");
    try (DiskGallery gallery = DiskGallery.create(file, MODEL)) {
      gallery.enrol(List.of(CrashingProcess.numbered(3)));
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    try (DiskGallery reading = DiskGallery.open(file, Access.READ)) {
      assertThat(reading.stats().items()).isEqualTo(1);
      assertThat(reading.original(1)).isPresent();
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void whatWasClosedSaysSo() {
    DiskGallery gallery = DiskGallery.create(folder.resolve("things.gallery"), MODEL);
    gallery.close();
    assertThatThrownBy(gallery::stats)
        .isInstanceOf(GalleryException.class)
        .hasMessageContaining("was closed");
  }

  @Test
  void closingLeavesOneFile() throws IOException {
    Path file = folder.resolve("things.gallery");
    try (DiskGallery gallery = DiskGallery.create(file, MODEL)) {
      gallery.enrol(List.of(ToyRows.enrolment("a", 1)));
    }
    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()).sorted())
          .containsExactly("things.gallery");
    }
  }
}
