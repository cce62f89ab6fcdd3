package dev.doppel.cli;

import dev.doppel.error.GalleryException;
import dev.doppel.gallery.disk.GalleryExport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code doppel gallery export}: a gallery as a zip that other programs read. */
@Command(
    name = "export",
    description = {
      "Write a gallery to a zip that other programs read: labels and metadata as lines"
          + " of JSON, embeddings as a NumPy array, pictures as they were. It may be in"
          + " use meanwhile."
    },
    sortOptions = false)
final class GalleryExportCommand implements Callable<Integer> {

  private final Doppel doppel;

  @Parameters(paramLabel = "ZIP", description = "The file to write; there must be none yet.")
  private Path zip = Path.of("");

  @Mixin private GalleryOption galleries = new GalleryOption();

  GalleryExportCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() {
    galleries.requireThere();
    requireRoom();
    long items;
    try (Progress progress = Progress.patient(doppel.console(), "exporting")) {
      items =
          GalleryExport.write(
              galleries.file(), zip, (done, of) -> progress.count(done, of, "images"));
    }
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "gallery export");
      document.put("gallery", galleries.file().toString());
      document.put("export", zip.toString());
      document.put("items", items);
      document.put("bytes", bytes());
      doppel.console().json(document);
    } else {
      doppel
          .console()
          .print(
              "Exported %s to %s (%s)."
                  .formatted(Counted.of(items, "image"), zip, Sizes.of(bytes())));
    }
    return ExitCode.DONE;
  }

  private void requireRoom() {
    if (Files.exists(zip)) {
      throw new GalleryException(
          zip + " is there already",
          "An export never writes over a file",
          "Choose another name, or delete that file first");
    }
    Path folder = zip.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new GalleryException(
          "There is no folder " + folder,
          "An export is written into a folder that is there",
          "Make the folder, or choose another");
    }
  }

  private long bytes() {
    try {
      return Files.size(zip);
    } catch (IOException e) { // it was written a moment ago
      throw new UncheckedIOException(e);
    }
  }
}
