package dev.doppel.data.folder;

import dev.doppel.data.Dataset;
import dev.doppel.data.Group;
import dev.doppel.data.ImageClass;
import dev.doppel.error.DataException;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder's images to learn from, and others to choose and calibrate by.
 *
 * <p>Whole classes are held back where there are enough of them, a fifth and five at least: what
 * counts is how well classes are told apart that training never saw. Where there are fewer than
 * ten, a fifth of each class's images is held back, two at least; figures then are of known classes
 * and flatter. Groups play no part. Immutable.
 *
 * @param training one group of classes with images each
 * @param validation one group of classes with two images or more each
 * @param byClasses whether no class is in both
 */
public record FolderSplit(Dataset training, Dataset validation, boolean byClasses) {

  private static final int ENOUGH = 10;
  private static final int LEAST = 5;

  /** Images of a class of which two can be held back while two stay. */
  private static final int TWICE = 4;

  /** Names in a message. */
  private static final int SHOWN = 10;

  /**
   * Splits a folder, always the same with one seed.
   *
   * @throws DataException if it has fewer than two classes, one of them fewer than two images, or
   *     too few images to hold any back
   */
  public static FolderSplit of(ImageFolder folder, long seed) {
    List<ImageClass> classes = folder.data().classes();
    check(folder.data(), classes);
    return classes.size() >= ENOUGH
        ? byClasses(folder.data(), classes, Seed.of(seed).at("held-out classes"))
        : byImages(folder.data(), classes, Seed.of(seed).at("held-out images"));
  }

  private static void check(Dataset data, List<ImageClass> classes) {
    List<String> lonely =
        classes.stream()
            .filter(each -> each.samples().size() < 2)
            .map(FolderReading::path)
            .toList();
    if (classes.size() < 2 || !lonely.isEmpty()) {
      throw new DataException(
          classes.size() < 2
              ? "A " + data.name()
              : "A %s, with fewer than two images in %s".formatted(data.name(), shown(lonely)),
          "To learn what makes things the same takes two classes at least, and two images of each",
          classes.size() < 2
              ? "Add classes: a folder for each thing"
              : "Add images to those, or take them out of the folder");
    }
  }

  private static String shown(List<String> names) {
    int more = names.size() - SHOWN;
    return String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
        + (more > 0 ? " and %d more".formatted(more) : "");
  }

  private static FolderSplit byClasses(Dataset data, List<ImageClass> classes, Seed seed) {
    int held = Math.max(LEAST, classes.size() / 5);
    int[] order = seed.draws().permutation(classes.size());
    boolean[] isHeld = new boolean[classes.size()];
    for (int i = 0; i < held; i++) {
      isHeld[order[i]] = true;
    }
    List<ImageClass> training = new ArrayList<>();
    List<ImageClass> validation = new ArrayList<>();
    for (int i = 0; i < isHeld.length; i++) {
      (isHeld[i] ? validation : training).add(classes.get(i));
    }
    return new FolderSplit(
        flat(data, data.name(), training), flat(data, "held-out classes", validation), true);
  }

  private static FolderSplit byImages(Dataset data, List<ImageClass> classes, Seed seed) {
    List<ImageClass> training = new ArrayList<>();
    List<ImageClass> validation = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      ImageClass each = classes.get(c);
      int count = each.samples().size();
      int held = count < TWICE ? 0 : Math.max(2, count / 5);
      int[] order = seed.at(c).draws().permutation(count);
      training.add(part(each, order, held, count));
      if (held > 0) {
        validation.add(part(each, order, 0, held));
      }
    }
    if (validation.size() < 2) {
      throw new DataException(
          "A %s, where %s"
              .formatted(
                  data.name(),
                  validation.isEmpty()
                      ? "no class has four images"
                      : "only one class has four images or more"),
          "Of fewer than ten classes at least two must have four images: two are held back to"
              + " choose and calibrate by, and two stay to learn from",
          "Add images to two classes, or add classes: from ten on whole classes are held back, and"
              + " two images of each are enough");
    }
    return new FolderSplit(
        flat(data, data.name(), training), flat(data, "held-out images", validation), false);
  }

  private static ImageClass part(ImageClass each, int[] order, int from, int to) {
    return new ImageClass(
        each.group(),
        each.name(),
        java.util.Arrays.stream(order, from, to).sorted().mapToObj(each.samples()::get).toList());
  }

  private static Dataset flat(Dataset data, String name, List<ImageClass> classes) {
    return new Dataset(name, data.synthetic(), List.of(new Group("all", classes)));
  }

  /** All classes of a folder as one group, so that any is compared with any. */
  public static Dataset flat(Dataset data) {
    return flat(data, data.name(), data.classes());
  }

  /** Every other class of a folder, from the first or the second on, as one group. */
  public static Dataset half(Dataset data, int which) {
    List<ImageClass> classes = data.classes();
    return flat(
        data,
        data.name() + ", half " + (which + 1),
        Stream.iterate(which, i -> i < classes.size(), i -> i + 2).map(classes::get).toList());
  }
}
