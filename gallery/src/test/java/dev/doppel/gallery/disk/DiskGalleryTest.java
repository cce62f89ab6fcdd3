package dev.doppel.gallery.disk;

import dev.doppel.gallery.Gallery;
import dev.doppel.gallery.GalleryContract;
import dev.doppel.gallery.ModelStamp;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DiskGalleryTest extends GalleryContract {

  private final Path folder;
  private int made;

  DiskGalleryTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Override
  protected Gallery create(ModelStamp model) {
    return DiskGallery.create(folder.resolve("things" + made++ + ".gallery"), model);
  }

  @Override
  protected Gallery reopened(Gallery gallery) {
    gallery.close();
    return DiskGallery.open(((DiskGallery) gallery).file(), Access.WRITE);
  }

  @Override
  protected int runs() {
    return 4; // each change reaches the disk
  }
}
