package dev.doppel.data.omniglot;

import dev.doppel.data.Group;
import dev.doppel.data.ImageClass;
import dev.doppel.data.Sample;
import dev.doppel.error.DataException;
import dev.doppel.error.Reason;
import dev.doppel.image.Bitmap;
import dev.doppel.image.Image;
import dev.doppel.image.ImageFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the images of one alphabet and notes, by name, what is missing or wrong. One thread's own.
 */
final class AlphabetReader {

  private static final Pattern FILE = Pattern.compile("\\d{4}_(\\d{2})\\.png");

  private final Container container;
  private final String where;
  private final int drawers;
  private final List<String> problems = new ArrayList<>();

  /**
   * @param where how problems call the alphabet: {@code images_background/Greek}
   */
  AlphabetReader(Container container, String where, int drawers) {
    this.container = container;
    this.where = where;
    this.drawers = drawers;
  }

  /** What {@link #read} found wrong so far. */
  List<String> problems() {
    return problems;
  }

  /**
   * The alphabet with every image that is right.
   *
   * @param files the files of each character folder, by their paths in the container
   */
  Group read(OmniglotShape.Alphabet expected, NavigableMap<String, List<String>> files) {
    List<ImageClass> characters = new ArrayList<>();
    for (int number = 1; number <= expected.characters(); number++) {
      String name = "character%02d".formatted(number);
      List<String> images = files.get(name);
      if (images == null) {
        problems.add("%s: %s is missing".formatted(where, name));
      } else {
        characters.add(character(expected.name(), name, images));
      }
    }
    for (String name : files.keySet()) {
      if (characters.stream().noneMatch(known -> known.name().equals(name))) {
        problems.add(
            "%s: %s is not one of its %d characters".formatted(where, name, expected.characters()));
      }
    }
    return new Group(expected.name(), characters);
  }

  private ImageClass character(String alphabet, String name, List<String> paths) {
    NavigableMap<Integer, String> byDrawer = new TreeMap<>();
    for (String path : paths) {
      String file = path.substring(path.lastIndexOf('/') + 1);
      Matcher form = FILE.matcher(file);
      int drawer = form.matches() ? Integer.parseInt(form.group(1)) : 0;
      if (drawer < 1 || drawer > drawers) {
        problems.add(
            "%s/%s/%s: no image of drawers 01 to %02d is called so"
                .formatted(where, name, file, drawers));
      } else if (byDrawer.putIfAbsent(drawer, path) != null) {
        problems.add(
            "%s/%s: drawer %02d has two images, %s and %s"
                .formatted(where, name, drawer, byDrawer.get(drawer), path));
      }
    }
    List<Sample> samples = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (int drawer = 1; drawer <= drawers; drawer++) {
      String path = byDrawer.get(drawer);
      if (path == null) {
        missing.add("%02d".formatted(drawer));
        continue;
      }
      Bitmap image = bitmap(container, path, problems);
      if (image != null) {
        samples.add(new Sample(alphabet, name, drawer, image));
      }
    }
    if (!missing.isEmpty()) {
      problems.add(
          "%s/%s: drawer %s missing of %d"
              .formatted(where, name, String.join(", ", missing), drawers));
    }
    return new ImageClass(alphabet, name, samples);
  }

  /** The image, or null once its problem is noted. */
  static @Nullable Bitmap bitmap(Container container, String path, List<String> problems) {
    try {
      Image image = ImageFile.decode(path, container.read(path));
      if (image.width() != Omniglot.SIDE || image.height() != Omniglot.SIDE) {
        problems.add(
            "%s: %d×%d pixels, not %d×%d"
                .formatted(path, image.width(), image.height(), Omniglot.SIDE, Omniglot.SIDE));
        return null;
      }
      return image instanceof Bitmap bitmap ? bitmap : Bitmap.of(image);
    } catch (DataException e) {
      problems.add(e.given());
    } catch (IOException e) {
      problems.add(path + ": cannot be read (" + Reason.of(e) + ")");
    }
    return null;
  }
}
