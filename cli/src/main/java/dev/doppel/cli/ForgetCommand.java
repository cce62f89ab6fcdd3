package dev.doppel.cli;

import dev.doppel.error.GalleryException;
import dev.doppel.error.OptionException;
import dev.doppel.gallery.Filter;
import dev.doppel.gallery.Gallery;
import dev.doppel.gallery.GalleryStats;
import dev.doppel.gallery.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code doppel forget}: takes labels or images out of a gallery.
 *
 * <p>One label or one image goes without a question, since it was named; more need {@code --yes}, a
 * word that a script can say too.
 */
@Command(
    name = "forget",
    sortOptions = false,
    customSynopsis = {
      "doppel forget LABEL... [OPTIONS]",
      "       doppel forget --id N... [OPTIONS]",
      "       doppel forget --where KEY=VALUE... [OPTIONS]"
    },
    footer = {
      "",
      "One label or image is forgotten at once; more need --yes. Nothing brings them",
      "back. The room in the file is given back by: doppel gallery compact"
    })
final class ForgetCommand implements Callable<Integer> {

  private final Doppel doppel;

  @Parameters(
      arity = "0..*",
      paramLabel = "LABEL",
      description = "Labels to forget, with all their images.")
  private List<String> labels = List.of();

  @Option(
      names = "--id",
      arity = "1..*",
      split = ",",
      paramLabel = "N",
      description = "Images to forget, by their ids (doppel gallery list).")
  private List<Long> ids = List.of();

  @Option(
      names = "--where",
      paramLabel = "KEY=VALUE",
      description = "Forget all images that have this metadata.")
  private List<String> where = List.of();

  @Mixin private GalleryOption galleries = new GalleryOption();

  @Option(names = "--yes", description = "Yes, forget more than one label or image.")
  private boolean yes;

  @Option(names = "--dry-run", description = "Only say what would be forgotten.")
  private boolean dryRun;

  ForgetCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() {
    int ways = (labels.isEmpty() ? 0 : 1) + (ids.isEmpty() ? 0 : 1) + (where.isEmpty() ? 0 : 1);
    if (ways != 1) {
      throw new OptionException(
          ways == 0 ? "Nothing to forget" : "More than one of LABEL, --id and --where",
          "Labels, images by id, or images by metadata are forgotten",
          "Name one of the three");
    }
    try (Gallery gallery = dryRun ? galleries.openToRead() : galleries.openToWrite()) {
      List<Item> items = found(gallery);
      boolean several = labels.isEmpty() ? items.size() > 1 : Set.copyOf(labels).size() > 1;
      if (several && !yes && !dryRun) {
        throw new OptionException(
            "This would forget " + summary(items),
            "More than one label or image is forgotten only with --yes",
            "See what it is with --dry-run, then say --yes");
      }
      if (!dryRun) {
        gallery.forget(items.stream().map(Item::id).toList());
      }
      tell(items, gallery.stats());
    }
    return ExitCode.DONE;
  }

  private List<Item> found(Gallery gallery) {
    if (!where.isEmpty()) {
      return Listing.items(gallery, Optional.empty(), KeyValues.filter(where), Long.MAX_VALUE);
    }
    List<Item> items = new ArrayList<>();
    for (String label : new LinkedHashSet<>(labels)) {
      Listing.requireLabel(gallery, label);
      items.addAll(Listing.items(gallery, Optional.of(label), Filter.none(), Long.MAX_VALUE));
    }
    for (long id : new LinkedHashSet<>(ids)) {
      items.add(
          gallery
              .item(id)
              .orElseThrow(
                  () ->
                      new GalleryException(
                          "There is no image with the id " + id,
                          "Ids are those that doppel gallery list shows",
                          "Nothing was forgotten: check the ids")));
    }
    return items;
  }

  private static Map<String, Integer> byLabel(List<Item> items) {
    Map<String, Integer> counts = new TreeMap<>();
    items.forEach(each -> counts.merge(each.label(), 1, Integer::sum));
    return counts;
  }

  private static String summary(List<Item> items) {
    return Counted.of(items.size(), "image") + " of " + Counted.of(byLabel(items).size(), "label");
  }

  private void tell(List<Item> items, GalleryStats stats) {
    Map<String, Integer> counts = byLabel(items);
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "forget");
      document.put("gallery", galleries.file().toString());
      document.put("dryRun", dryRun);
      document.put("forgotten", items.size());
      document.put("ids", items.stream().map(Item::id).toList());
      document.put("byLabel", counts);
      document.put("labels", stats.labels());
      document.put("items", stats.items());
      doppel.console().json(document);
      return;
    }
    String verb = dryRun ? "Would forget" : "Forgot";
    counts.forEach(
        (label, count) ->
            doppel
                .console()
                .print("%s \"%s\": %s".formatted(verb, label, Counted.of(count, "image"))));
    doppel
        .console()
        .print(
            items.isEmpty()
                ? "No image has the metadata %s.".formatted(KeyValues.filter(where))
                : "%s remain in %s."
                    .formatted(
                        Counted.of(stats.labels(), "label")
                            + " with "
                            + Counted.of(stats.items(), "image"),
                        galleries.file()));
  }
}
