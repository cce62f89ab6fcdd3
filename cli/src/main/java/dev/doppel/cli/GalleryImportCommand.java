package dev.doppel.cli;

import dev.doppel.gallery.GalleryStats;
import dev.doppel.gallery.disk.DiskGallery;
import dev.doppel.gallery.disk.GalleryImport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code doppel gallery import}: takes what was exported, whole or not at all. */
@Command(
    name = "import",
    description = {
      "Take what doppel gallery export wrote, whole or not at all. A gallery that is"
          + " missing is made, with the same ids; one that is there gets new items, and"
          + " what has a label that is there joins it."
    },
    sortOptions = false)
final class GalleryImportCommand implements Callable<Integer> {

  private final Doppel doppel;

  @Parameters(paramLabel = "ZIP", description = "The export.")
  private Path zip = Path.of("");

  @Mixin private GalleryOption galleries = new GalleryOption();

  GalleryImportCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() {
    boolean created = !galleries.exists();
    long items;
    GalleryStats stats;
    try (Progress progress = Progress.patient(doppel.console(), "importing");
        GalleryImport from = GalleryImport.open(zip)) {
      items = from.items();
      if (created) {
        from.create(galleries.file(), (done, of) -> progress.count(done, of, "images"));
      }
      try (DiskGallery gallery = created ? galleries.openToRead() : galleries.openToWrite()) {
        if (!created) {
          items = from.addTo(gallery, (done, of) -> progress.count(done, of, "images")).size();
        }
        stats = gallery.stats();
      }
    }
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "gallery import");
      document.put("gallery", galleries.file().toString());
      document.put("created", created);
      document.put("imported", items);
      document.put("labels", stats.labels());
      document.put("items", stats.items());
      doppel.console().json(document);
    } else {
      doppel
          .console()
          .print(
              "Took %s into %s%s, which now knows %s by %s."
                  .formatted(
                      Counted.of(items, "image"),
                      created ? "the new gallery " : "",
                      galleries.file(),
                      Counted.of(stats.labels(), "label"),
                      Counted.of(stats.items(), "image")));
    }
    return ExitCode.DONE;
  }
}
