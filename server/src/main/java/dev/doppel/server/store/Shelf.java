package dev.doppel.server.store;

import dev.doppel.Recognizer;
import dev.doppel.error.DoppelException;
import dev.doppel.error.GalleryException;
import dev.doppel.error.OptionException;
import dev.doppel.gallery.Gallery;
import dev.doppel.model.Twin;
import dev.doppel.server.error.Refusal;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
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

  /** For how long one that cannot be used is not tried again, however many ask for it. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  /** Reasons that are remembered so as to be logged once. */
  private static final int MOST_TOLD = 1000;

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

  /** Why a gallery cannot be used, and when that was seen. */
  private record Problem(Refusal refusal, long at) {
    boolean isFresh() {
      return System.nanoTime() - at < FRESH.toNanos();
    }
  }

  private final Twin twin;
  private final Galleries galleries;
  private final Map<String, Open> open = new ConcurrentHashMap<>();
  private final Map<String, Problem> problems = new ConcurrentSkipListMap<>();
  private final Set<String> told = ConcurrentHashMap.newKeySet();
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
   * @throws Refusal if there is none of this name, it cannot be opened, or its file or disk refuses
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
      } catch (GalleryException e) {
        throw failed(name, e);
      } finally {
        one.lock.readLock().unlock();
      }
    }
  }

  /** Whether a gallery is open already, so that using it means no wait for a disk. */
  public boolean isOpen(String name) {
    return open.containsKey(name);
  }

  /** Opens all there are; for each that cannot be used, the log says why. */
  public void openAll() {
    for (String name : names()) {
      try {
        open(name);
      } catch (Refusal told) {
        // It may be usable later, and is tried whenever it is asked for.
      }
    }
  }

  /** Why galleries cannot be used, by name; as far as they were tried. */
  public Map<String, String> problems() {
    Map<String, String> reasons = new TreeMap<>();
    problems.forEach((name, problem) -> reasons.put(name, problem.refusal.given()));
    return reasons;
  }

  private Open open(String name) {
    Problem known = problems.get(name);
    if (known != null && known.isFresh()) {
      throw known.refusal; // before the lock: those who ask for others do not wait
    }
    return openNow(name);
  }

  private synchronized Open openNow(String name) {
    Open already = open.get(name);
    if (already != null) {
      return already;
    }
    require(name);
    try {
      Gallery gallery = galleries.open(name);
      return opened(name, gallery);
    } catch (GalleryException | OptionException e) {
      throw unusable(name, "gallery_unusable", e);
    }
  }

  private Open opened(String name, Gallery gallery) {
    try {
      Open one = new Open(new Recognizer(twin, gallery));
      open.put(name, one);
      problems.remove(name);
      return one;
    } catch (GalleryException e) {
      gallery.close();
      throw unusable(name, "wrong_model", e);
    }
  }

  /** The refusal, without the paths that the log has; there each reason stands once. */
  private Refusal unusable(String name, String code, DoppelException e) {
    Refusal refusal = refusal(code, e);
    Problem before = problems.put(name, new Problem(refusal, System.nanoTime()));
    if (before == null || !before.refusal.given().equals(refusal.given())) {
      LOG.log(Level.WARNING, "gallery " + name + " cannot be served: " + e.getMessage());
    }
    return refusal;
  }

  /** Something that an open gallery could not do; in the log each reason stands once. */
  private Refusal failed(String name, GalleryException e) {
    if (told.size() < MOST_TOLD && told.add(name + ": " + e.given())) {
      LOG.log(Level.WARNING, "gallery " + name + ": " + e.getMessage());
    }
    return refusal("gallery_unusable", e);
  }

  private Refusal refusal(String usual, DoppelException e) {
    String place = galleries.whereabouts();
    boolean full = e instanceof GalleryException of && of.isFull();
    String code = full ? "disk_full" : usual;
    return new Refusal(
        full ? 507 : 409,
        code,
        e.given().replace(place, ""),
        e.allowed(),
        e.next().replace(place, ""));
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
    try {
      opened(name, galleries.create(name));
    } catch (GalleryException e) {
      LOG.log(Level.WARNING, "gallery " + name + " cannot be made: " + e.getMessage());
      throw refusal("gallery_unusable", e);
    }
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
    try {
      galleries.delete(name);
      problems.remove(name);
    } catch (GalleryException e) {
      LOG.log(Level.WARNING, "gallery " + name + " cannot be deleted: " + e.getMessage());
      throw refusal("gallery_unusable", e);
    }
  }

  /** Closes all galleries, each once nobody uses it, and lets go of them. */
  @Override
  public synchronized void close() {
    closed = true;
    open.values().forEach(Open::close);
    open.clear();
    galleries.close();
  }
}
