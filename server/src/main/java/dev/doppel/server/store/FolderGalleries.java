package dev.doppel.server.store;

import dev.doppel.gallery.Gallery;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.gallery.SearchMode;
import dev.doppel.gallery.disk.Access;
import dev.doppel.gallery.disk.DiskGallery;
import dev.doppel.gallery.disk.GalleryFolder;
import java.nio.file.Path;
import java.util.List;

/** Galleries in a folder, a file each. Thread-safe. */
public final class FolderGalleries implements Galleries {

  private final GalleryFolder folder;
  private final ModelStamp model;
  private final SearchMode mode;

  /**
   * @param folder made if it is missing
   * @param model of the galleries that are created
   * @param mode how each is searched
   * @throws dev.doppel.error.GalleryException if the folder cannot be had
   * @throws dev.doppel.error.OptionException if the model's head allows no such search
   */
  public FolderGalleries(Path folder, ModelStamp model, SearchMode mode) {
    mode.check(model);
    this.folder = GalleryFolder.of(folder, Access.WRITE);
    this.model = model;
    this.mode = mode;
  }

  @Override
  public List<String> names() {
    return folder.names();
  }

  @Override
  public Gallery open(String name) {
    return DiskGallery.open(folder.file(name), Access.WRITE, mode);
  }

  @Override
  public Gallery create(String name) {
    return DiskGallery.create(folder.file(name), model, mode);
  }

  @Override
  public void delete(String name) {
    folder.delete(name);
  }
}
