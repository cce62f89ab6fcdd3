package dev.doppel.cli;

import dev.doppel.error.GalleryException;
import dev.doppel.gallery.Filter;
import dev.doppel.gallery.Gallery;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code doppel gallery rename}: gives a label another name. */
@Command(
    name = "rename",
    description = "Give a label another name, which no label has yet.",
    sortOptions = false)
final class GalleryRenameCommand implements Callable<Integer> {

  private final Doppel doppel;

  @Parameters(index = "0", paramLabel = "LABEL", description = "Its name now.")
  private String label = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "Its new name.")
  private String name = "";

  @Mixin private GalleryOption galleries = new GalleryOption();

  GalleryRenameCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() {
    int items;
    try (Gallery gallery = galleries.openToWrite()) {
      Listing.requireLabel(gallery, label);
      if (!gallery.items(Optional.of(name), Filter.none(), 0, 1).isEmpty()) {
        throw new GalleryException(
            "\"%s\" cannot be renamed to \"%s\", which is there already".formatted(label, name),
            "A new name is one that no label has",
            "Choose another, or see doppel gallery merge");
      }
      items = gallery.rename(label, name);
    }
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "gallery rename");
      document.put("gallery", galleries.file().toString());
      document.put("label", name);
      document.put("items", items);
      doppel.console().json(document);
    } else {
      doppel
          .console()
          .print(
              "\"%s\" is now \"%s\", with %s.".formatted(label, name, Counted.of(items, "image")));
    }
    return ExitCode.DONE;
  }
}
