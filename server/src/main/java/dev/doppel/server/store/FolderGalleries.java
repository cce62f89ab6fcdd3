package dev.doppel.server.store;

import dev.doppel.error.GalleryException;
import dev.doppel.gallery.Gallery;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.gallery.SearchMode;
import dev.doppel.gallery.disk.Access;
import dev.doppel.gallery.disk.DiskGallery;
import dev.doppel.gallery.disk.FolderClaim;
import dev.doppel.gallery.disk.GalleryFolder;
import java.io.File;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Galleries in a folder, a file each; no other process serves them meanwhile. Thread-safe. */
public final class FolderGalleries implements Galleries {

  private static final Logger LOG = System.getLogger(FolderGalleries.class.getName());

  /** For another process that is about to finish; requests wait as long. */
  private static final Duration PATIENCE = Duration.ofMillis(300);

  private final Path place;
  private final FolderClaim claim;
  private final GalleryFolder folder;
  private final ModelStamp model;
  private final SearchMode mode;

  /**
   * Takes a folder over, and warns of files in it that no name leads to.
   *
   * @param folder made if it is missing
   * @param model of the galleries that are created
   * @param mode how each is searched
   * @throws GalleryException if the folder cannot be had, or another process serves it
   * @throws dev.doppel.error.OptionException if the model's head allows no such search
   */
  public FolderGalleries(Path folder, ModelStamp model, SearchMode mode) {
    mode.check(model);
    GalleryFolder.of(folder, Access.WRITE).close();
    this.place = real(folder);
    this.claim = FolderClaim.of(place);
    this.folder = GalleryFolder.of(place, Access.WRITE);
    this.model = model;
    this.mode = mode;
    for (String file : this.folder.misnamed()) {
      LOG.log(
          Level.WARNING,
          "\"%s\" in %s is not served: a gallery is a file NAME%s, whose name has 1 to 64 of a-z, 0-9, _ and -, a letter or digit first. Rename it."
              .formatted(file.replaceAll("\\p{Cntrl}", "?"), place, DiskGallery.ENDING));
    }
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw new GalleryException(
          "The folder " + folder + " is gone", "Galleries lie in a folder", "Try again", e);
    }
  }

  /** The same, with an empty gallery of this name where there is none at all. */
  public FolderGalleries orFirst(String name) {
    boolean done = false;
    try {
      if (folder.names().isEmpty()) {
        create(name).close();
      }
      done = true;
      return this;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  @Override
  public List<String> names() {
    return folder.names();
  }

  @Override
  public Gallery open(String name) {
    return DiskGallery.open(folder.file(name), Access.WRITE, mode, PATIENCE);
  }

  @Override
  public Gallery create(String name) {
    return DiskGallery.create(folder.file(name), model, mode);
  }

  @Override
  public void delete(String name) {
    folder.delete(name);
  }

  @Override
  public String whereabouts() {
    return place + File.separator;
  }

  @Override
  public void close() {
    folder.close();
    claim.close();
  }
}
