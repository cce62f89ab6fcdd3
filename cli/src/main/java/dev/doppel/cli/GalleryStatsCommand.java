package dev.doppel.cli;

import dev.doppel.gallery.Gallery;
import dev.doppel.gallery.GalleryStats;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code doppel gallery stats}: how large a gallery is, and whose embeddings it holds. */
@Command(
    name = "stats",
    description = "Say how large a gallery is, and which model embedded it.",
    sortOptions = false)
final class GalleryStatsCommand implements Callable<Integer> {

  private final Doppel doppel;

  @Mixin private GalleryOption galleries = new GalleryOption();

  GalleryStatsCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() {
    try (Gallery gallery = galleries.openToRead()) {
      tell(gallery, gallery.stats());
    }
    return ExitCode.DONE;
  }

  private void tell(Gallery gallery, GalleryStats stats) {
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "gallery stats");
      document.put("gallery", galleries.file().toString());
      document.put("model", gallery.model().name());
      document.put("fingerprint", gallery.model().fingerprint());
      document.put("dim", gallery.model().dim());
      document.put("head", gallery.model().head().name());
      document.put("labels", stats.labels());
      document.put("items", stats.items());
      document.put("originals", stats.originals());
      document.put("fileBytes", stats.fileBytes());
      document.put("memoryBytes", stats.memoryBytes());
      document.put("search", stats.search());
      doppel.console().json(document);
      return;
    }
    Table table = new Table(Table.Align.LEFT, Table.Align.LEFT);
    table
        .row("gallery", galleries.file().toString())
        .row("model", gallery.model().name())
        .row("labels", count(stats.labels()))
        .row("images", count(stats.items()) + ", " + count(stats.originals()) + " of them kept")
        .row("on disk", Sizes.of(stats.fileBytes()))
        .row("in memory, to search", Sizes.of(stats.memoryBytes()))
        .row("search", stats.search());
    table.lines().forEach(doppel.console()::print);
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
