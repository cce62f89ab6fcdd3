package dev.doppel.data.idx;

import dev.doppel.data.Dataset;
import dev.doppel.data.Group;
import dev.doppel.data.ImageClass;
import dev.doppel.data.Sample;
import dev.doppel.error.DataException;
import dev.doppel.error.Reason;
import dev.doppel.image.Image;
import dev.doppel.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One part of a set in IDX files, such as MNIST (LeCun et al. 1998), Fashion-MNIST or EMNIST: a
 * file of images and one of labels, packed or not.
 *
 * <p>These sets are white on black; here all is turned to ink on paper, as everything else is. The
 * classes are the labels, {@code 0} to {@code 9}, in one group that bears the folder's name. Who
 * made an image is not told, so the number of a {@link Sample} is its place among those of its
 * class. EMNIST stores its letters lying on their side, and so they stay: alike in all images.
 */
public final class IdxSet {

  /** Columns or rows at most; sets of this kind have 28. */
  private static final int MAX_SIDE = 1024;

  private IdxSet() {}

  /**
   * Reads a part.
   *
   * @param folder the folder with its files
   * @throws DataException if a file is missing or damaged, or images and labels do not match
   */
  public static Dataset read(Path folder, IdxPart part) {
    Path imagesFile = file(folder, part, "images");
    Path labelsFile = file(folder, part, "labels");
    IdxFile labels = IdxFile.read(labelsFile, 1);
    IdxFile images = IdxFile.read(imagesFile, 3);
    int count = images.lengths()[0];
    int height = images.lengths()[1];
    int width = images.lengths()[2];
    if (labels.lengths()[0] != count || width > MAX_SIDE || height > MAX_SIDE) {
      throw new DataException(
          "%s has %,d images of %d×%d, %s %,d labels"
              .formatted(
                  imagesFile, count, width, height, labelsFile.getFileName(), labels.lengths()[0]),
          "There is a label for each image, and no image is larger than %d×%d"
              .formatted(MAX_SIDE, MAX_SIDE),
          "Take both files from one set");
    }
    Path named = folder.toAbsolutePath().normalize().getFileName();
    String group = named == null ? "idx" : named.toString();
    Map<Integer, List<Sample>> classes = new TreeMap<>();
    int size = width * height;
    for (int i = 0; i < count; i++) {
      int label = labels.values()[i] & 0xFF;
      List<Sample> samples = classes.computeIfAbsent(label, unseen -> new ArrayList<>());
      Image image = onPaper(images.values(), i * size, width, height);
      samples.add(new Sample(group, Integer.toString(label), samples.size() + 1, image));
    }
    List<ImageClass> all =
        classes.entrySet().stream()
            .map(each -> new ImageClass(group, each.getKey().toString(), each.getValue()))
            .toList();
    return new Dataset(
        group + " " + part.text() + " images", false, List.of(new Group(group, all)));
  }

  private static Image onPaper(byte[] values, int from, int width, int height) {
    byte[] turned = new byte[width * height];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = (byte) (255 - values[from + i]);
    }
    return new Raster(width, height, 1, turned);
  }

  /** Whether a folder has a part's images. */
  static boolean has(Path folder, IdxPart part) {
    return find(folder, part, "images").isPresent();
  }

  private static Path file(Path folder, IdxPart part, String kind) {
    return find(folder, part, kind)
        .orElseThrow(
            () ->
                new DataException(
                    "%s has no file of %s %s".formatted(folder, part.text(), kind),
                    "Expected names such as %s-%s-idx%d-ubyte, or the same with .gz"
                        .formatted(part.marks().get(0), kind, kind.equals("images") ? 3 : 1),
                    "Name the folder with the four files of the set"));
  }

  /** The first by name of the files that say part and kind; of equal ones the unpacked. */
  private static Optional<Path> find(Path folder, IdxPart part, String kind) {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(
              file -> {
                String name = file.getFileName().toString();
                return part.marks().stream().anyMatch(name::contains)
                    && name.contains(kind)
                    && name.matches(".*idx\\d-ubyte(\\.gz)?");
              })
          .sorted()
          .findFirst();
    } catch (IOException e) {
      throw new DataException(
          folder + " cannot be listed (" + Reason.of(e) + ")",
          "A set of IDX files lies in a folder that can be read",
          "Check its permissions, or name another",
          e);
    }
  }
}
