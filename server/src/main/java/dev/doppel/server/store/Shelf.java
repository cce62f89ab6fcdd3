package dev.doppel.server.store;

import dev.doppel.Recognizer;
import dev.doppel.error.GalleryException;
import dev.doppel.gallery.Gallery;
import dev.doppel.model.Twin;
import dev.doppel.server.error.Refusal;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Open galleries, each with its recogniser: opened when first asked for, and closed under nobody's
 * hands. Thread-safe.
 */
public final class Shelf implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Shelf.class.getName());

  /** What a gallery may be called: safe as a file's name on every system. */
  public static final String NAME = "[a-z0-9][a-z0-9_-]{0,63}";

  private static final Pattern NAMES = Pattern.compile(NAME);

  /** A gallery in use: its users hold the lock's read side, whoever closes it the other. */
  private static final class Open {
    private final Recognizer recognizer;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    Open(Recognizer recognizer) {
      this.recognizer = recognizer;
    }

    void close() {
      lock.writeLock().lock();
      try {
        closed = true;
        recognizer.gallery().close();
      } finally {
        lock.writeLock().unlock();
      }
    }
  }

  private final Twin twin;
  private final Galleries galleries;
  private final Map<String, Open> open = new ConcurrentHashMap<>();
  private boolean closed;

  /** Nothing is open yet. */
  public Shelf(Twin twin, Galleries galleries) {
    this.twin = twin;
    this.galleries = galleries;
  }

  /** The names of all galleries, in order. */
  public List<String> names() {
    return galleries.names().stream().filter(name -> NAMES.matcher(name).matches()).toList();
  }

  /**
   * Lets a gallery be used.
   *
   * @throws Refusal if there is none of this name, or it cannot be opened
   */
  public <T> T with(String name, Function<Recognizer, T> use) {
    while (true) {
      Open one = open.get(name);
      if (one == null) {
        one = open(name);
      }
      one.lock.readLock().lock();
      try {
        if (!one.closed) {
          return use.apply(one.recognizer);
        }
      } finally {
        one.lock.readLock().unlock();
      }
    }
  }

  /** Whether a gallery is open already, so that using it means no wait for a disk. */
  public boolean isOpen(String name) {
    return open.containsKey(name);
  }

  private synchronized Open open(String name) {
    Open already = open.get(name);
    if (already != null) {
      return already;
    }
    require(name);
    try {
      return opened(name, galleries.open(name));
    } catch (GalleryException e) { // its words hold paths
      LOG.log(Level.WARNING, e.getMessage());
      throw new Refusal(
          409,
          "gallery_unusable",
          "Gallery " + name + " cannot be opened",
          "It must be whole, and open in no other process",
          "The server's log says why");
    }
  }

  private Open opened(String name, Gallery gallery) {
    try {
      Open one = new Open(new Recognizer(twin, gallery));
      open.put(name, one);
      return one;
    } catch (GalleryException e) {
      gallery.close();
      throw new Refusal(409, "wrong_model", e.given(), e.allowed(), e.next());
    }
  }

  private void require(String name) {
    if (closed || !NAMES.matcher(name).matches() || !galleries.names().contains(name)) {
      String shown = NAMES.matcher(name).matches() ? " " + name : " of this name";
      throw Refusal.missing(
          "unknown_gallery", "There is no gallery" + shown, "Create it, or list those there are");
    }
  }

  /**
   * Makes an empty gallery.
   *
   * @throws Refusal if the name cannot be used or is taken
   */
  public synchronized void create(String name) {
    if (!NAMES.matcher(name).matches()) {
      throw Refusal.malformed(
          "A gallery's name that cannot be used",
          "A name has 1 to 64 of a-z, 0-9, _ and -, a letter or digit first",
          "Choose another");
    }
    if (galleries.names().contains(name)) {
      throw new Refusal(
          409,
          "gallery_exists",
          "There is a gallery " + name + " already",
          "Names are unique",
          "Choose another name");
    }
    opened(name, galleries.create(name));
  }

  /**
   * Removes a gallery for good, once nobody uses it.
   *
   * @throws Refusal if there is none of this name
   */
  public synchronized void delete(String name) {
    require(name);
    Open one = open.remove(name);
    if (one != null) {
      one.close();
    }
    galleries.delete(name);
  }

  /** Closes all galleries, each once nobody uses it. */
  @Override
  public synchronized void close() {
    closed = true;
    open.values().forEach(Open::close);
    open.clear();
  }
}
