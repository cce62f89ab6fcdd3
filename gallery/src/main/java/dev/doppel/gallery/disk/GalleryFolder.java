package dev.doppel.gallery.disk;

import dev.doppel.error.GalleryException;
import dev.doppel.error.NearestName;
import dev.doppel.error.OptionException;
import dev.doppel.error.Reason;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.gallery.SearchMode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Many galleries side by side: a folder of {@code NAME.gallery} files, each opened when it is first
 * asked for and all closed together.
 *
 * <p>A name is one to 64 small letters, digits, {@code _} and {@code -}, and begins with a letter
 * or digit; so no name leads out of the folder, or means another file on another system.
 * Thread-safe: opening one holds up nobody who wants another.
 */
public final class GalleryFolder implements AutoCloseable {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

  private final Path folder;
  private final Access access;
  private final SearchMode mode;
  private final Map<String, Place> places = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** Where one gallery is opened, by one thread at a time. */
  private static final class Place {
    @Nullable DiskGallery open;
  }

  private GalleryFolder(Path folder, Access access, SearchMode mode) {
    this.folder = folder;
    this.access = access;
    this.mode = mode;
  }

  /** As {@link #of(Path, Access, SearchMode)}, to be searched exactly. */
  public static GalleryFolder of(Path folder, Access access) {
    return of(folder, access, SearchMode.exact());
  }

  /**
   * The galleries of a folder, which is made if it is missing and they are to be written.
   *
   * @param mode how each is searched that is opened or made
   * @throws GalleryException if there is no such folder, or it cannot be made
   */
  public static GalleryFolder of(Path folder, Access access, SearchMode mode) {
    try {
      if (access == Access.WRITE) {
        Files.createDirectories(folder);
      }
    } catch (FileAlreadyExistsException e) {
      throw new GalleryException(
          e.getMessage() + " is a file",
          "Galleries lie in a folder",
          "Name the folder they are in, or one to be made",
          e);
    } catch (IOException e) {
      throw new GalleryException(
          "The folder %s cannot be made: %s".formatted(folder, Reason.of(e)),
          "Galleries lie in a folder that can be written",
          "Name another, or see to the permissions of the one above it",
          e);
    }
    if (!Files.isDirectory(folder)) {
      throw new GalleryException(
          "There is no folder " + folder,
          "Galleries lie in a folder",
          "Name the one they are in, or make it");
    }
    return new GalleryFolder(folder, access, mode);
  }

  /**
   * Refuses what cannot be a gallery's name.
   *
   * @throws OptionException saying what can
   */
  public static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      String shown = name.length() > 80 ? name.substring(0, 80) + "…" : name;
      throw new OptionException(
          "\"%s\" cannot be a gallery's name".formatted(shown.replaceAll("\\p{Cntrl}", "?")),
          "A name has 1 to 64 of a-z, 0-9, _ and -, and begins with a letter or digit",
          "Choose another");
    }
  }

  /** Where they lie. */
  public Path folder() {
    return folder;
  }

  /** The file of a name, whether it is there or not. */
  public Path file(String name) {
    checkName(name);
    return folder.resolve(name + DiskGallery.ENDING);
  }

  /** The names of those that are there, in order. */
  public List<String> names() {
    return files().stream()
        .filter(file -> Files.isRegularFile(folder.resolve(file)))
        .map(GalleryFolder::name)
        .filter(name -> NAME.matcher(name).matches())
        .toList();
  }

  /** What ends as a gallery's file does, and is none of {@link #names}; in order. */
  public List<String> misnamed() {
    List<String> names = names();
    return files().stream().filter(file -> !names.contains(name(file))).toList();
  }

  private List<String> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(file -> file.endsWith(DiskGallery.ENDING))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw Fault.of(folder, "be listed", e);
    }
  }

  private static String name(String file) {
    return file.substring(0, file.length() - DiskGallery.ENDING.length());
  }

  /** Whether there is one of this name. */
  public boolean exists(String name) {
    return Files.isRegularFile(file(name));
  }

  /**
   * The gallery of a name; the same one each time, until it is deleted or all are closed.
   *
   * @throws GalleryException if there is none, with the nearest name, or it cannot be opened
   */
  public DiskGallery open(String name) {
    Path file = file(name);
    if (!exists(name)) {
      throw missing(name); // before a place is kept for it: anyone may ask for any name
    }
    Place place = place(name);
    synchronized (place) {
      refuseIfClosed();
      DiskGallery open = place.open;
      if (open == null) {
        if (!Files.exists(file)) {
          throw missing(name);
        }
        open = DiskGallery.open(file, access, mode);
        place.open = open;
      }
      return open;
    }
  }

  private GalleryException missing(String name) {
    String nearest = NearestName.of(name, names());
    return new GalleryException(
        "There is no gallery \"%s\" in %s".formatted(name, folder),
        "A gallery is made before it is used",
        nearest == null ? "Make it, or name another" : "Did you mean " + nearest + "?");
  }

  /**
   * Makes an empty gallery and opens it.
   *
   * @throws GalleryException if there is one of this name already
   */
  public DiskGallery create(String name, ModelStamp model) {
    Path file = file(name);
    refuseToRead();
    Place place = place(name);
    synchronized (place) {
      refuseIfClosed();
      DiskGallery made = DiskGallery.create(file, model, mode);
      place.open = made;
      return made;
    }
  }

  /** The gallery of a name, made for this model if there is none. */
  public DiskGallery openOrCreate(String name, ModelStamp model) {
    Place place = place(name);
    synchronized (place) {
      return exists(name) ? open(name) : create(name, model);
    }
  }

  /**
   * Deletes a gallery with all that was enrolled; whoever still holds it finds it closed.
   *
   * @throws GalleryException if there is none, or another process writes it
   */
  public void delete(String name) {
    Path file = file(name);
    refuseToRead();
    Place place = place(name);
    synchronized (place) {
      refuseIfClosed();
      if (!Files.exists(file)) {
        throw missing(name);
      }
      if (place.open != null) {
        place.open.close();
        place.open = null;
      }
      GalleryFile.delete(file);
    }
  }

  private Place place(String name) {
    checkName(name);
    return places.computeIfAbsent(name, n -> new Place());
  }

  private void refuseToRead() {
    if (access == Access.READ) {
      throw new GalleryException(
          "The galleries in %s are open for reading only".formatted(folder),
          "Making and deleting need them open for writing",
          "Open the folder with Access.WRITE");
    }
  }

  private void refuseIfClosed() {
    if (closed) {
      throw new GalleryException(
          "The galleries in %s were closed".formatted(folder),
          "They are used while they are open",
          "Open the folder again");
    }
  }

  /** Closes all that were opened; a second call does nothing. */
  @Override
  public void close() {
    closed = true;
    for (Place place : places.values()) {
      synchronized (place) {
        if (place.open != null) {
          place.open.close();
          place.open = null;
        }
      }
    }
  }
}
