package dev.doppel.server.store;

import dev.doppel.gallery.Gallery;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.gallery.disk.Access;
import dev.doppel.gallery.disk.DiskGallery;
import dev.doppel.gallery.disk.GalleryFolder;
import java.nio.file.Path;
import java.util.List;

/** Galleries in a folder, a file each. Thread-safe. */
public final class FolderGalleries implements Galleries {

  private final GalleryFolder folder;
  private final ModelStamp model;

  /**
   * @param folder made if it is missing
   * @param model of the galleries that are created
   * @throws dev.doppel.error.GalleryException if the folder cannot be had
   */
  public FolderGalleries(Path folder, ModelStamp model) {
    this.folder = GalleryFolder.of(folder, Access.WRITE);
    this.model = model;
  }

  @Override
  public List<String> names() {
    return folder.names();
  }

  @Override
  public Gallery open(String name) {
    return DiskGallery.open(folder.file(name), Access.WRITE);
  }

  @Override
  public Gallery create(String name) {
    return DiskGallery.create(folder.file(name), model);
  }

  @Override
  public void delete(String name) {
    folder.delete(name);
  }
}
