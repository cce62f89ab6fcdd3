package dev.doppel.data.folder;

import dev.doppel.error.DataException;
import dev.doppel.error.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The picture files of a folder of class folders, found but not read; in the order of their names.
 *
 * <p>Hidden files and folders are not looked at, nor are links that lead out of the folder.
 *
 * @param folder where
 * @param classes every folder that has pictures itself
 * @param others files and folders that are no pictures, or lie too deep or too high
 * @param outward links that lead out of the folder
 */
record FolderListing(Path folder, List<ClassFiles> classes, int others, List<Path> outward) {

  /** The group of classes that are in none. */
  static final String UNGROUPED = "";

  /** Of pictures, those that cannot be read among them: whoever put one there must be told. */
  private static final Set<String> ENDINGS =
      Set.of("png", "jpg", "jpeg", "gif", "bmp", "pgm", "ppm", "pbm", "webp", "tif", "tiff");

  /**
   * A class.
   *
   * @param group the folder above it, or {@link #UNGROUPED}
   * @param files its pictures
   */
  record ClassFiles(String group, String name, List<Path> files) {}

  /**
   * Looks through a folder.
   *
   * @throws DataException if it is no folder, or has no class folder
   */
  static FolderListing of(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          folder + (Files.exists(folder) ? " is no folder" : ": there is no such folder"),
          "A folder with a folder for each class is expected",
          "Check its name");
    }
    FolderListing listing = new Walk(folder).listing();
    if (listing.classes.isEmpty()) {
      throw new DataException(
          folder + " has no folder with pictures in it",
          "A folder for each class is expected, with its pictures: cats/tom.jpg, cats/kitty.png",
          "Sort the pictures into folders named for what they show");
    }
    long ungrouped =
        listing.classes.stream().filter(each -> each.group().equals(UNGROUPED)).count();
    if (ungrouped > 0 && ungrouped < listing.classes.size()) {
      throw new DataException(
          folder + " has classes at its top and others a level below",
          "All class folders lie in it, or all lie in folders of it",
          "Move them to one level");
    }
    return listing;
  }

  private static final class Walk {

    private final Path folder;
    private final List<ClassFiles> classes = new ArrayList<>();
    private final List<Path> outward = new ArrayList<>();
    private int others;

    Walk(Path folder) {
      this.folder = folder;
    }

    FolderListing listing() {
      try {
        Path root = folder.toRealPath();
        for (Path top : inside(root, folder)) {
          if (!Files.isDirectory(top)) {
            others++;
            continue;
          }
          List<Path> within = inside(root, top);
          if (!add(UNGROUPED, top, within)) {
            for (Path each : within) {
              if (!Files.isDirectory(each)
                  || !add(String.valueOf(top.getFileName()), each, inside(root, each))) {
                others++;
              }
            }
          }
        }
        return new FolderListing(folder, List.copyOf(classes), others, List.copyOf(outward));
      } catch (IOException e) {
        throw new DataException(
            folder + " cannot be looked through (" + Reason.of(e) + ")",
            "A folder with a folder for each class is expected",
            "Check that you may read all of it",
            e);
      }
    }

    /** Adds a class, if any file is a picture. */
    private boolean add(String group, Path path, List<Path> within) {
      List<Path> pictures =
          within.stream().filter(each -> isPicture(each) && !Files.isDirectory(each)).toList();
      if (pictures.isEmpty()) {
        return false;
      }
      others += within.size() - pictures.size();
      classes.add(new ClassFiles(group, String.valueOf(path.getFileName()), pictures));
      return true;
    }

    private List<Path> inside(Path root, Path place) throws IOException {
      List<Path> found = new ArrayList<>();
      try (Stream<Path> all = Files.list(place)) {
        for (Path each : all.sorted(Comparator.comparing(FolderListing::name)).toList()) {
          if (name(each).startsWith(".") || name(each).equals("__MACOSX")) {
            continue;
          }
          if (Files.isSymbolicLink(each)
              && !(Files.exists(each) && each.toRealPath().startsWith(root))) {
            outward.add(each);
          } else {
            found.add(each);
          }
        }
      }
      return found;
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static boolean isPicture(Path file) {
    String name = name(file);
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }
}
