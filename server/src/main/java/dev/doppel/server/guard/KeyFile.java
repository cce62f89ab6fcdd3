package dev.doppel.server.guard;

import dev.doppel.error.DataException;
import dev.doppel.error.NearestName;
import dev.doppel.error.OptionException;
import dev.doppel.error.Reason;
import dev.doppel.gallery.disk.GalleryFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The file of keys: JSON that holds names, hashes and scopes, and no key.
 *
 * <p>It is written beside its place, forced to the disk and renamed over, readable to its owner
 * alone.
 */
public final class KeyFile {

  private static final int MAX_NAME = 64;

  private KeyFile() {}

  /**
   * The keys of a file; none if there is no file yet.
   *
   * @throws DataException if it cannot be read or is no file of keys
   */
  public static List<ApiKey> read(Path file) {
    return Files.exists(file) ? existing(file) : List.of();
  }

  /**
   * The keys of a file that must be there.
   *
   * @throws DataException if it is not, cannot be read or is no file of keys
   */
  public static List<ApiKey> existing(Path file) {
    if (Files.exists(file) && !Files.isDirectory(file) && !Files.isRegularFile(file)) {
      throw new DataException(
          file + " is no file that keeps anything",
          "Keys are kept in a file, which is written anew and put in its place",
          "Name another file with --keys");
    }
    if (!Files.isRegularFile(file)) {
      throw new DataException(
          Files.isDirectory(file) ? file + " is a folder" : "There is no file of keys " + file,
          "`doppel key add NAME --keys FILE` makes it",
          "Add a key first, or name another file");
    }
    try {
      return KeyText.read(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new DataException(
          "The file of keys " + file + " cannot be read",
          "Whoever runs this must be allowed to read it",
          "See to its owner and permissions, or name another",
          e);
    } catch (KeyText.Broken e) {
      throw new DataException(
          file + " is no file of keys: " + e.getMessage(),
          "It is a file that `doppel key add` wrote",
          "Mend it or restore a copy; else name another and add keys anew",
          e);
    }
  }

  /** As {@link #add(Path, String, Set, Set, Instant, Consumer)}, for who keeps the text anyway. */
  public static String add(
      Path file, String name, Set<Scope> scopes, Set<String> galleries, Instant now) {
    return add(file, name, scopes, galleries, now, text -> {});
  }

  /**
   * Makes a key and adds it.
   *
   * @param show is given the key's text before the file counts; if it throws, no key is added
   * @return the key's text, which is written down nowhere
   * @throws OptionException if the name, or a gallery's, can be none
   * @throws DataException if the name is taken, or the file cannot be read or written
   */
  public static String add(
      Path file,
      String name,
      Set<Scope> scopes,
      Set<String> galleries,
      Instant now,
      Consumer<String> show) {
    if (!name.matches("[A-Za-z0-9._-]{1," + MAX_NAME + "}")) {
      throw new OptionException(
          "A key cannot be named \"" + name.replaceAll("\\p{Cntrl}", "?") + "\"",
          "Names have 1 to " + MAX_NAME + " of letters, digits, '.', '_' and '-'",
          "Choose another");
    }
    galleries.forEach(GalleryFolder::checkName);
    List<ApiKey> keys = new ArrayList<>(read(file));
    if (keys.stream().anyMatch(key -> key.name().equals(name))) {
      throw new DataException(
          "There is a key \"" + name + "\" already",
          "Names are unique",
          "Choose another, or revoke that one first");
    }
    String text = ApiKey.draw();
    keys.add(new ApiKey(name, ApiKey.hash(text), scopes, galleries, now));
    write(file, keys, () -> show.accept(text));
    return text;
  }

  /**
   * Takes a key out.
   *
   * @throws DataException if there is none of this name, the file is missing, or cannot be read or
   *     written
   */
  public static void revoke(Path file, String name) {
    List<ApiKey> keys = new ArrayList<>(existing(file));
    if (keys.isEmpty()) {
      throw new DataException(
          "There is no key \"" + name.replaceAll("\\p{Cntrl}", "?") + "\"",
          file + " holds no keys at all",
          "Name the right file with --keys");
    }
    if (!keys.removeIf(key -> key.name().equals(name))) {
      List<String> names = keys.stream().map(ApiKey::name).toList();
      String nearest = NearestName.of(name, names);
      throw new DataException(
          "There is no key \"" + name.replaceAll("\\p{Cntrl}", "?") + "\" in " + file,
          "It holds " + String.join(", ", names),
          nearest == null ? "Name one of these" : "Did you mean " + nearest + "?");
    }
    write(file, keys, () -> {});
  }

  /** Writes keys beside the file, and once that is safe and {@code last} was done, in its place. */
  private static void write(Path file, List<ApiKey> keys, Runnable last) {
    Path whole = file.toAbsolutePath();
    Path folder = whole.getParent();
    if (Files.isDirectory(whole) || folder == null || !Files.isDirectory(folder)) {
      throw new DataException(
          Files.isDirectory(whole) ? file + " is a folder" : "There is no folder " + folder,
          "Keys are kept in a file, in a folder that exists",
          "Name another file with --keys, or make the folder first");
    }
    Path beside = whole.resolveSibling(whole.getFileName() + ".new");
    try {
      Files.deleteIfExists(beside);
      if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
        Files.createFile(
            beside,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.writeString(beside, KeyText.write(keys), StandardOpenOption.CREATE);
      try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      last.run();
      Files.move(
          beside, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new DataException(
          e instanceof AccessDeniedException
              ? file + " cannot be written: its folder is not this user's to write in"
              : file + " cannot be written: " + Reason.of(e),
          "The folder of keys must be yours to write in, and have room",
          "Name another file, or see to that",
          e);
    } finally {
      deleteQuietly(beside);
    }
  }

  private static void deleteQuietly(Path beside) {
    try {
      Files.deleteIfExists(beside);
    } catch (IOException e) {
      return; // the failure that led here is the one to report
    }
  }

  /** The keys of a file, read anew when it changes. */
  public static Keyring watch(Path file) {
    return new WatchedKeys(file, System::nanoTime);
  }
}
