package dev.doppel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.doppel.cli.report.Png;
import dev.doppel.data.omniglot.OmniglotSource;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.gallery.SearchMode;
import dev.doppel.image.Bitmap;
import dev.doppel.onnx.OpenModel;
import dev.doppel.server.DoppelServer;
import dev.doppel.server.ServerOptions;
import dev.doppel.server.store.FolderGalleries;
import dev.doppel.server.store.Galleries;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Runs everyday command lines once without a word, so that the launcher can lay out the classes
 * they need for later starts to map into memory.
 */
final class Rehearsal {

  private static final PrintStream NOWHERE =
      new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);

  private Rehearsal() {}

  /** Runs them; whether they succeed does not matter. */
  public static void main(String[] args) throws IOException {
    NativeLibraries.use(NOWHERE::println);
    run("--version");
    run("--help");
    run("evaluat");
    run("evaluate", "--help");
    run("identify", "--help");
    Path folder = Files.createTempDirectory("doppel-rehearsal");
    try {
      recognise(folder);
      serve(folder);
    } finally {
      delete(folder);
    }
    if (OmniglotSource.here(null).isSomewhere()) { // never download for the sake of speed
      run("evaluate", "--matcher", "pixel-cosine", "--protocol", "lake20", "--json");
    }
  }

  /** All there is to do with a gallery, on pictures of several kinds. */
  private static void recognise(Path folder) throws IOException {
    String ink = folder.resolve("ink.png").toString();
    String photo = folder.resolve("photo.jpg").toString();
    Bitmap.Builder cross = new Bitmap.Builder(105, 105);
    BufferedImage colours = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 48; i++) {
      cross.ink(20 + i, 30);
      cross.ink(44, 10 + i);
      colours.setRGB(i, i, 0xFFAA00);
    }
    Files.write(Path.of(ink), Png.of(cross.build()));
    ImageIO.write(colours, "jpg", Path.of(photo).toFile());
    String gallery = "--gallery=" + folder.resolve("rehearsal.gallery");
    run("enroll", "ink", ink, gallery, "--meta", "a=b");
    run("enroll", "photo", photo, gallery);
    run("identify", ink, gallery);
    run("identify", ink, photo, gallery, "--where", "a=b");
    run("identify", photo, gallery, "--json");
    run("identify", ink, gallery, "--csv");
    run("identify", "none.png", gallery);
    run("verify", ink, photo);
    run("verify", ink, "--label", "photo", gallery);
    run("gallery", "stats", gallery);
    run("gallery", "labels", gallery);
    run("gallery", "list", gallery);
    run("forget", "photo", gallery);
  }

  /** Starts the server, and stops it before anybody could notice. */
  private static void serve(Path folder) {
    run("serve", "--help");
    try (OpenModel model = ModelOption.open("omniglot", 1)) {
      Galleries galleries =
          new FolderGalleries(
              folder.resolve("galleries"), ModelStamp.of(model.twin()), SearchMode.exact());
      DoppelServer.start(model.twin(), galleries, ServerOptions.local(0)).close();
    }
  }

  private static void run(String... line) {
    new Doppel(new Console(NOWHERE, NOWHERE, true)).run(line);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
