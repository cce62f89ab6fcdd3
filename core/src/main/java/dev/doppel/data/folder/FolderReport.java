package dev.doppel.data.folder;

import dev.doppel.data.ImageClass;
import dev.doppel.error.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is in a folder of class folders, class by class, and what is wrong with it.
 *
 * @param folder where
 * @param fingerprint of all images
 * @param classes in order
 * @param others files and folders that are no pictures of a class
 * @param problems files that cannot be read, and what stands in the way of training
 */
public record FolderReport(
    Path folder, String fingerprint, List<ClassCount> classes, int others, List<String> problems) {

  /** So small that any number of pictures can be looked at. */
  private static final int SIDE = 8;

  public FolderReport {
    classes = List.copyOf(classes);
    problems = List.copyOf(problems);
  }

  /**
   * A class.
   *
   * @param images how many can be read
   * @param smallest the shortest side of any of them, in pixels
   * @param largest the longest side of any of them
   * @param coloured how many have colour
   */
  public record ClassCount(
      String group, String name, int images, int smallest, int largest, int coloured) {

    static ClassCount of(ImageClass each, List<FolderReading.Picture> pictures) {
      return new ClassCount(
          each.group(),
          each.name(),
          pictures.size(),
          pictures.stream().mapToInt(p -> Math.min(p.width(), p.height())).min().orElse(0),
          pictures.stream().mapToInt(p -> Math.max(p.width(), p.height())).max().orElse(0),
          (int) each.samples().stream().filter(s -> s.image().channels() == 3).count());
    }
  }

  /**
   * Looks through a folder and reads every picture.
   *
   * @throws DataException if it has no class folder
   */
  public static FolderReport of(Path folder) {
    FolderReading reading = FolderReading.of(FolderListing.of(folder), SIDE);
    ImageFolder read = reading.folder();
    List<String> problems = new ArrayList<>(read.refused());
    try {
      FolderSplit.of(read, 1);
    } catch (DataException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    List<ClassCount> counts = new ArrayList<>();
    for (ImageClass each : read.data().classes()) {
      counts.add(ClassCount.of(each, reading.pictures().get(counts.size())));
    }
    return new FolderReport(folder, read.fingerprint(), counts, read.others(), problems);
  }

  /** Whether it can be trained on as it is. */
  public boolean whole() {
    return problems.isEmpty();
  }

  /** Lines for people: a class each, then the sum, then what is wrong. */
  public List<String> describe() {
    List<String> lines = new ArrayList<>();
    lines.add("Class folder " + folder);
    int images = 0;
    for (ClassCount each : classes) {
      images += each.images();
      lines.add(
          "  %-30s %6d %s, sides %d to %d, %s"
              .formatted(
                  each.group().equals(FolderReading.NO_GROUP)
                      ? each.name()
                      : each.group() + "/" + each.name(),
                  each.images(),
                  each.images() == 1 ? "image" : "images",
                  each.smallest(),
                  each.largest(),
                  each.coloured() == 0
                      ? "grey"
                      : each.coloured() == each.images() ? "colour" : "grey and colour"));
    }
    lines.add(
        "  %s, fingerprint %s%s"
            .formatted(
                FolderReading.counted(classes.size(), images),
                fingerprint,
                others == 0 ? "" : "; passed over " + others + " other files or folders"));
    problems.forEach(problem -> lines.add("  wrong: " + problem));
    lines.add(
        whole() ? "  ready to train on" : "  not ready to train on: mend what is wrong above");
    return lines;
  }
}
