package dev.doppel.cli;

import dev.doppel.error.GalleryException;
import dev.doppel.error.NearestName;
import dev.doppel.gallery.Filter;
import dev.doppel.gallery.Gallery;
import dev.doppel.gallery.Item;
import dev.doppel.gallery.LabelCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that a gallery lists, fetched page by page. */
final class Listing {

  private static final int PAGE = 1000;

  private Listing() {}

  /** All labels with an item that passes, in the order of their texts. */
  static List<LabelCount> labels(Gallery gallery, Filter filter) {
    List<LabelCount> all = new ArrayList<>();
    String after = "";
    while (true) {
      List<LabelCount> page = gallery.labels(filter, after, PAGE);
      all.addAll(page);
      if (page.size() < PAGE) {
        return all;
      }
      after = page.get(PAGE - 1).label();
    }
  }

  /** At most so many items that pass, by rising id. */
  static List<Item> items(Gallery gallery, Optional<String> label, Filter filter, long limit) {
    List<Item> all = new ArrayList<>();
    long after = 0;
    while (all.size() < limit) {
      int wanted = (int) Math.min(PAGE, limit - all.size());
      List<Item> page = gallery.items(label, filter, after, wanted);
      all.addAll(page);
      if (page.size() < wanted) {
        break;
      }
      after = page.get(wanted - 1).id();
    }
    return all;
  }

  /** How many items of a label pass. */
  static int count(Gallery gallery, String label, Filter filter) {
    return items(gallery, Optional.of(label), filter, Long.MAX_VALUE).size();
  }

  /**
   * Refuses a label that is not there, with the nearest that is.
   *
   * @throws GalleryException if nothing is enrolled under it
   */
  static void requireLabel(Gallery gallery, String label) {
    if (gallery.items(Optional.of(label), Filter.none(), 0, 1).isEmpty()) {
      List<String> known = labels(gallery, Filter.none()).stream().map(LabelCount::label).toList();
      List<String> near = NearestName.of(label, known, 3);
      throw new GalleryException(
          "There is no label \"%s\"".formatted(label),
          "Known are " + Counted.of(known.size(), "label"),
          near.isEmpty()
              ? "List them with doppel gallery labels"
              : "Did you mean \"" + String.join("\" or \"", near) + "\"?");
    }
  }
}
