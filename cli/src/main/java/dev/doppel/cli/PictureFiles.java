package dev.doppel.cli;

import dev.doppel.error.DataException;
import dev.doppel.error.Reason;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * The picture files that words of a command line stand for.
 *
 * <p>A word is a file; or a folder, for all pictures in it at any depth; or a glob with {@code *},
 * <code>?</code>, {@code [abc]}, <code>{a,b}</code> and {@code **} for any depth, for shells that
 * leave it to us. In folders and globs a picture is known by its name's end, and what begins with a
 * dot is hidden. Each file comes once, those of one word in the order of their paths.
 */
final class PictureFiles {

  private static final Set<String> ENDINGS =
      Set.of("png", "jpg", "jpeg", "gif", "bmp", "pgm", "ppm", "pbm", "webp", "tif", "tiff");

  private static final String ALLOWED =
      "Pictures are named as files, folders, or globs such as 'cats/**/*.png'";

  private PictureFiles() {}

  /**
   * The files of all words, in order.
   *
   * @throws DataException if a folder or a glob has no picture
   */
  static List<Path> of(List<String> words) {
    Set<Path> files = new LinkedHashSet<>();
    words.forEach(word -> files.addAll(of(word)));
    return List.copyOf(files);
  }

  private static List<Path> of(String word) {
    boolean glob = firstWild(word) >= 0;
    try {
      Path path = Path.of(word);
      if (Files.isDirectory(path)) {
        return in(path);
      }
      if (!glob || Files.exists(path)) {
        return List.of(path); // if it is missing, who reads it will say so
      }
    } catch (InvalidPathException e) { // on Windows no path holds a star
      if (!glob) {
        throw new DataException(
            "'" + word + "' is no path: " + e.getReason(), ALLOWED, "Change the name", e);
      }
    }
    return matching(word);
  }

  /**
   * All pictures in a folder, at any depth.
   *
   * @throws DataException if there is none
   */
  static List<Path> in(Path folder) {
    List<Path> files = walk(folder, Integer.MAX_VALUE, Files::isRegularFile);
    List<Path> pictures = files.stream().filter(PictureFiles::isPicture).toList();
    if (pictures.isEmpty()) {
      throw new DataException(
          "No picture in folder " + folder + ", " + others(files), ALLOWED, "Name another folder");
    }
    return pictures;
  }

  /** Whether a file is a picture by the end of its name. */
  static boolean isPicture(Path file) {
    String name = String.valueOf(file.getFileName());
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  private static List<Path> matching(String word) {
    String pattern = File.separatorChar == '\\' ? word.replace('\\', '/') : word;
    int slash = pattern.lastIndexOf('/', firstWild(pattern));
    Path base = Path.of(slash < 0 ? "" : pattern.substring(0, Math.max(1, slash)));
    String rest = pattern.substring(slash + 1);
    if (!Files.isDirectory(base)) {
      throw new DataException(
          "Nothing matches '" + word + "': there is no folder " + base, ALLOWED, "Check the path");
    }
    PathMatcher matcher = matcher(word, rest);
    int depth =
        rest.contains("**")
            ? Integer.MAX_VALUE
            : 1 + (int) rest.chars().filter(c -> c == '/').count();
    List<Path> matches =
        walk(base, depth, path -> matcher.matches(base.relativize(path)) && !path.equals(base));
    Set<Path> pictures = new LinkedHashSet<>();
    for (Path match : matches) {
      if (Files.isDirectory(match)) {
        walk(match, Integer.MAX_VALUE, Files::isRegularFile).stream()
            .filter(PictureFiles::isPicture)
            .forEach(pictures::add);
      } else if (isPicture(match)) {
        pictures.add(match);
      }
    }
    if (pictures.isEmpty()) {
      throw new DataException(
          matches.isEmpty()
              ? "Nothing matches '" + word + "'"
              : "No picture matches '" + word + "', " + others(matches),
          ALLOWED,
          "Check the pattern; quoted, it is matched below "
              + (base.toString().isEmpty() ? "this folder" : base));
    }
    return List.copyOf(pictures);
  }

  private static PathMatcher matcher(String word, String rest) {
    try {
      // As shells have it, `**/` may also stand for no folder at all.
      String pattern = rest.contains("{") ? rest : rest.replace("**/", "{,**/}");
      return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (PatternSyntaxException e) {
      throw new DataException(
          "'" + word + "' is no glob: " + e.getDescription(), ALLOWED, "Check the pattern", e);
    }
  }

  private static int firstWild(String word) {
    int first = -1;
    for (char wild : new char[] {'*', '?', '[', '{'}) {
      int at = word.indexOf(wild);
      first = at >= 0 && (first < 0 || at < first) ? at : first;
    }
    return first;
  }

  /** Everything below a folder that is wanted and not hidden, in the order of paths. */
  private static List<Path> walk(Path base, int depth, Predicate<Path> wanted) {
    try (Stream<Path> paths = Files.walk(base, depth, FileVisitOption.FOLLOW_LINKS)) {
      return paths.filter(path -> !hidden(base, path)).filter(wanted).sorted().toList();
    } catch (IOException e) {
      throw unreadable(base, e);
    } catch (UncheckedIOException e) {
      throw unreadable(base, Objects.requireNonNull(e.getCause()));
    }
  }

  private static DataException unreadable(Path base, IOException e) {
    return new DataException(
        "Folder " + base + " cannot be read (" + Reason.of(e) + ")",
        ALLOWED,
        "Check that you may read it and that no link in it leads back",
        e);
  }

  private static boolean hidden(Path base, Path path) {
    for (Path part : base.relativize(path)) {
      String name = part.toString();
      if (name.startsWith(".") && name.length() > 1) {
        return true;
      }
    }
    return false;
  }

  private static String others(List<Path> files) {
    List<Path> plain = new ArrayList<>(files);
    plain.removeIf(Files::isDirectory);
    return switch (plain.size()) {
      case 0 -> "nor any other file";
      case 1 -> "only " + plain.get(0);
      default -> "only %,d other files such as %s".formatted(plain.size(), plain.get(0));
    };
  }
}
