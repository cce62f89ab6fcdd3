package dev.doppel.data.folder;

import dev.doppel.data.Dataset;
import dev.doppel.data.Group;
import dev.doppel.data.ImageClass;
import dev.doppel.data.Sample;
import dev.doppel.error.DataException;
import dev.doppel.image.Bitmap;
import dev.doppel.image.Image;
import dev.doppel.image.ImageFile;
import dev.doppel.image.Miniature;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A folder, and what each of its files was before it was made small.
 *
 * @param pictures those that could be read, a list a class
 */
record FolderReading(ImageFolder folder, List<List<Picture>> pictures) {

  /** Hexadecimal digits of a fingerprint that are shown. */
  private static final int SHOWN = 16;

  /** What the group of classes is called that are in none. */
  static final String NO_GROUP = "images";

  /** A class as a path below the folder. */
  static String path(ImageClass each) {
    return each.group().equals(NO_GROUP) ? each.name() : each.group() + "/" + each.name();
  }

  /** How much there is, in words. */
  static String counted(int classes, int images) {
    return "%d class%s, %d image%s"
        .formatted(classes, classes == 1 ? "" : "es", images, images == 1 ? "" : "s");
  }

  /** Reads what can be read; images are kept at twice {@code side} at most. */
  static FolderReading of(FolderListing listing, int side) {
    List<Path> files = listing.classes().stream().flatMap(each -> each.files().stream()).toList();
    AtomicLong bytes = new AtomicLong();
    long room = Runtime.getRuntime().maxMemory() / 2;
    List<Picture> read =
        IntStream.range(0, files.size())
            .parallel()
            .takeWhile(i -> bytes.get() <= room)
            .mapToObj(i -> Picture.of(files.get(i), side, bytes))
            .toList();
    if (bytes.get() > room) {
      throw new DataException(
          "The %,d pictures in %s need more than %,d MB at %d pixels a side"
              .formatted(files.size(), listing.folder(), room >> 20, 2 * side),
          "All images are kept in half of the memory of the Java process",
          "Ask for a smaller --size, take fewer images, or give it more memory, as by"
              + " DOPPEL_JAVA_OPTS=-Xmx8g");
    }
    List<String> refused =
        new ArrayList<>(
            listing.outward().stream().map(link -> link + " links out of the folder").toList());
    Map<String, List<ImageClass>> groups = new LinkedHashMap<>();
    MessageDigest digest = sha256();
    boolean colour = false;
    List<List<Picture>> pictures = new ArrayList<>();
    int next = 0;
    int count = 0;
    for (FolderListing.ClassFiles each : listing.classes()) {
      List<Sample> samples = new ArrayList<>();
      List<Picture> whole = new ArrayList<>();
      String group = each.group().isEmpty() ? NO_GROUP : each.group();
      digest.update((byte) 0); // where a class begins
      for (int i = 0; i < each.files().size(); i++) {
        Picture one = read.get(next++);
        if (one.image == null) {
          refused.add(one.refused);
        } else {
          samples.add(new Sample(group, each.name(), samples.size() + 1, one.image));
          whole.add(one);
          digest.update(one.hash);
          colour |= one.image.channels() == 3;
        }
      }
      count += samples.size();
      pictures.add(whole);
      groups
          .computeIfAbsent(group, name -> new ArrayList<>())
          .add(new ImageClass(group, each.name(), samples));
    }
    List<Group> all = new ArrayList<>();
    groups.forEach((name, classes) -> all.add(new Group(name, classes)));
    Dataset data =
        new Dataset("class folder of " + counted(listing.classes().size(), count), false, all);
    return new FolderReading(
        new ImageFolder(
            data,
            HexFormat.of().formatHex(digest.digest()).substring(0, SHOWN),
            bytes.get(),
            colour,
            refused,
            listing.others()),
        pictures);
  }

  /**
   * A file that was read, or why not.
   *
   * @param width columns in the file
   * @param height rows in the file
   * @param hash SHA-256 of the file's bytes
   */
  record Picture(@Nullable Image image, int width, int height, byte[] hash, String refused) {

    static Picture of(Path file, int side, AtomicLong bytes) {
      try {
        byte[] content = ImageFile.content(file);
        Image whole = ImageFile.decode(file.toString(), content);
        Image image = Miniature.of(whole, 2 * side);
        bytes.addAndGet(size(image));
        return new Picture(image, whole.width(), whole.height(), sha256().digest(content), "");
      } catch (DataException e) {
        return new Picture(null, 0, 0, new byte[0], e.given());
      }
    }

    private static long size(Image image) {
      long pixels = (long) image.width() * image.height();
      return image instanceof Bitmap ? pixels / 8 : pixels * image.channels();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
