package dev.doppel.data.omniglot;

import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** A set of Omniglot's form, small enough to break on purpose: files by name, to zip or unpack. */
final class TinyOmniglot {

  static final int DRAWERS = 3;
  static final int RUNS = 2;
  static final int WAYS = 4;

  static final OmniglotShape SHAPE =
      new OmniglotShape(
          List.of(alphabet("Alpha", 4), alphabet("Beta", 5)),
          List.of(alphabet("Gamma", 4), alphabet("Kappa", 4)),
          DRAWERS,
          RUNS,
          WAYS,
          "");

  /** The files of each part, by their paths; change them at will. */
  final Map<String, byte[]> background = new TreeMap<>();

  final Map<String, byte[]> evaluation = new TreeMap<>();
  final Map<String, byte[]> runs = new TreeMap<>();

  TinyOmniglot() {
    int id = images("images_background", SHAPE.background(), 1, background);
    images("images_evaluation", SHAPE.evaluation(), id, evaluation);
    for (int run = 1; run <= RUNS; run++) {
      String name = "run%02d".formatted(run);
      StringBuilder labels = new StringBuilder();
      for (int way = 1; way <= WAYS; way++) {
        int asked = way % WAYS + 1; // the items come in another order than the classes
        runs.put("%s/training/class%02d.png".formatted(name, way), drawn("Gamma", way, run));
        runs.put("%s/test/item%02d.png".formatted(name, way), drawn("Gamma", asked, run + 1));
        labels.append(
            "%s/test/item%02d.png %s/training/class%02d.png\n".formatted(name, way, name, asked));
      }
      runs.put(name + "/class_labels.txt", labels.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private byte[] drawn(String alphabet, int character, int drawer) {
    String path = "images_evaluation/%s/character%02d/".formatted(alphabet, character);
    return evaluation.entrySet().stream()
        .filter(file -> file.getKey().startsWith(path))
        .filter(file -> file.getKey().endsWith("_%02d.png".formatted(drawer)))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static OmniglotShape.Alphabet alphabet(String name, int characters) {
    return new OmniglotShape.Alphabet(name, characters, "");
  }

  private static int images(
      String part, List<OmniglotShape.Alphabet> alphabets, int id, Map<String, byte[]> files) {
    for (OmniglotShape.Alphabet alphabet : alphabets) {
      for (int character = 1; character <= alphabet.characters(); character++, id++) {
        for (int drawer = 1; drawer <= DRAWERS; drawer++) {
          files.put(
              "%s/%s/character%02d/%04d_%02d.png"
                  .formatted(part, alphabet.name(), character, id, drawer),
              png(105, 105, Seed.of(id).at(drawer)));
        }
      }
    }
    return id;
  }

  /** A one-bit grey picture with a few dots. */
  static byte[] png(int width, int height, Seed seed) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY);
    Draws draws = seed.draws();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.getRaster().setSample(x, y, 0, draws.chance(0.05) ? 0 : 1);
      }
    }
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(image, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the three parts as zips. */
  Path zipped(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve("images_background.zip"), zip(background));
      Files.write(folder.resolve("images_evaluation.zip"), zip(evaluation));
      Files.write(folder.resolve("all_runs.zip"), zip(runs));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the three parts as folders; that of the runs has no folder of its own in its zip. */
  Path unpacked(Path folder) {
    Map<String, byte[]> files = new LinkedHashMap<>(background);
    files.putAll(evaluation);
    runs.forEach((path, content) -> files.put("all_runs/" + path, content));
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path path = folder.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.write(path, file.getValue());
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A zip with directory entries and what systems leave behind, as the set's own zips have. */
  static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "__MACOSX/", new byte[0]);
      put(zip, "__MACOSX/._character01.png", new byte[] {1});
      String folder = "";
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        String in = file.getKey().substring(0, file.getKey().lastIndexOf('/') + 1);
        if (!in.equals(folder)) {
          folder = in;
          put(zip, folder, new byte[0]);
          put(zip, folder + ".DS_Store", new byte[] {2});
        }
        put(zip, file.getKey(), file.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    ((OutputStream) zip).write(content);
    zip.closeEntry();
  }
}
