package dev.doppel.cli;

import dev.doppel.error.OptionException;
import dev.doppel.gallery.Filter;
import dev.doppel.gallery.Gallery;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code doppel gallery merge}: two labels that are one thing become one. */
@Command(
    name = "merge",
    description = "Move all images of a label to another that exists; the first is gone.",
    sortOptions = false)
final class GalleryMergeCommand implements Callable<Integer> {

  private final Doppel doppel;

  @Parameters(index = "0", paramLabel = "LABEL", description = "Whose images move.")
  private String label = "";

  @Parameters(index = "1", paramLabel = "INTO", description = "The label that gets them.")
  private String into = "";

  @Mixin private GalleryOption galleries = new GalleryOption();

  GalleryMergeCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() {
    if (label.equals(into)) {
      throw new OptionException(
          "Label \"%s\" into itself".formatted(label),
          "The images of one label go to another",
          "Name two labels");
    }
    int moved;
    int items;
    try (Gallery gallery = galleries.openToWrite()) {
      Listing.requireLabel(gallery, label);
      Listing.requireLabel(gallery, into);
      moved = gallery.merge(label, into);
      items = Listing.count(gallery, into, Filter.none());
    }
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "gallery merge");
      document.put("gallery", galleries.file().toString());
      document.put("label", into);
      document.put("moved", moved);
      document.put("items", items);
      doppel.console().json(document);
    } else {
      doppel
          .console()
          .print(
              "%s of \"%s\" moved to \"%s\", which now has %,d."
                  .formatted(Counted.of(moved, "image"), label, into, items));
    }
    return ExitCode.DONE;
  }
}
