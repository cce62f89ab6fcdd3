package dev.doppel.server.store;

import dev.doppel.error.GalleryException;
import dev.doppel.gallery.Gallery;
import dev.doppel.gallery.MemoryGallery;
import dev.doppel.gallery.ModelStamp;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Galleries that end with the process. Thread-safe. */
public final class MemoryGalleries implements Galleries {

  private final ModelStamp model;
  private final Map<String, Gallery> galleries = new TreeMap<>();

  /** No galleries yet; all to come are of this model. */
  public MemoryGalleries(ModelStamp model) {
    this.model = model;
  }

  @Override
  public synchronized List<String> names() {
    return List.copyOf(galleries.keySet());
  }

  @Override
  public synchronized Gallery open(String name) {
    Gallery gallery = galleries.get(name);
    if (gallery == null) {
      throw missing(name);
    }
    return gallery;
  }

  @Override
  public synchronized Gallery create(String name) {
    if (galleries.containsKey(name)) {
      throw new GalleryException(
          "There is a gallery " + name + " already", "Names are unique", "Choose another");
    }
    Gallery gallery = new MemoryGallery(name, model);
    galleries.put(name, gallery);
    return gallery;
  }

  @Override
  public synchronized void delete(String name) {
    if (galleries.remove(name) == null) {
      throw missing(name);
    }
  }

  private static GalleryException missing(String name) {
    return new GalleryException(
        "There is no gallery " + name, "One that exists can be used", "Create it, or list them");
  }
}
