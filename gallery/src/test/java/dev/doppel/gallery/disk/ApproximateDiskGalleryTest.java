package dev.doppel.gallery.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.OptionException;
import dev.doppel.gallery.Enrolment;
import dev.doppel.gallery.Filter;
import dev.doppel.gallery.Gallery;
import dev.doppel.gallery.GalleryContract;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.gallery.SearchMode;
import dev.doppel.gallery.SmallIndexes;
import dev.doppel.gallery.ToyRows;
import dev.doppel.model.Head;
import dev.doppel.random.Seed;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApproximateDiskGalleryTest extends GalleryContract {

  private final Path folder;
  private int made;

  ApproximateDiskGalleryTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Override
  protected Gallery create(ModelStamp model) {
    Path file = folder.resolve("things" + made++ + ".gallery");
    return DiskGallery.create(file, model, SmallIndexes.atOnce(model));
  }

  @Override
  protected Gallery reopened(Gallery gallery) {
    gallery.close();
    SearchMode mode = SmallIndexes.atOnce(gallery.model());
    return DiskGallery.open(((DiskGallery) gallery).file(), Access.WRITE, mode);
  }

  @Override
  protected int runs() {
    return 2; // each change reaches the disk
  }

  @Test
  void theIndexIsMadeAnewWhenAGalleryIsOpened() {
    Gallery gallery = empty();
    List<Enrolment> all =
        IntStream.range(0, 3000)
            .mapToObj(i -> ToyRows.enrolment("label" + i, ToyRows.row(Seed.of(i))))
            .toList();
    gallery.enrol(all);
    Gallery later = reopened(gallery);
    try {
      assertThat(later.search(all.get(7).embedding(), 1, Filter.none()).exact()).isFalse();
      assertThat(later.stats().search()).isEqualTo("approximate");
    } finally {
      later.close();
    }
  }

  @Test
  void aFolderOpensItsGalleriesInItsMode() {
    try (GalleryFolder galleries =
        GalleryFolder.of(folder.resolve("some"), Access.WRITE, SearchMode.approximate())) {
      ModelStamp other = ToyRows.stamp(new Head.Euclidean());
      assertThatThrownBy(() -> galleries.create("things", other))
          .isInstanceOf(OptionException.class)
          .hasMessageContaining("toy-euclidean")
          .hasMessageContaining("head is euclidean");
      assertThat(galleries.exists("things")).isFalse();
      galleries.create("things", ToyRows.stamp(new Head.Cosine()));
      assertThat(galleries.open("things").stats().search()).isEqualTo("exact"); // it has no labels
    }
  }
}
