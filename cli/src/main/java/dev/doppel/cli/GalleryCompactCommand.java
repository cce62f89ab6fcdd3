package dev.doppel.cli;

import dev.doppel.gallery.Gallery;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code doppel gallery compact}: gives back the room of what was forgotten. */
@Command(
    name = "compact",
    description = "Give back the room of what was forgotten.",
    sortOptions = false)
final class GalleryCompactCommand implements Callable<Integer> {

  private final Doppel doppel;

  @Mixin private GalleryOption galleries = new GalleryOption();

  GalleryCompactCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() {
    long before;
    long after;
    try (Gallery gallery = galleries.openToWrite()) {
      before = gallery.stats().fileBytes();
      gallery.compact();
      after = gallery.stats().fileBytes();
    }
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "gallery compact");
      document.put("gallery", galleries.file().toString());
      document.put("bytesBefore", before);
      document.put("bytesAfter", after);
      doppel.console().json(document);
    } else {
      doppel.console().print("From %s to %s.".formatted(Sizes.of(before), Sizes.of(after)));
    }
    return ExitCode.DONE;
  }
}
