package dev.doppel.cli;

import dev.doppel.gallery.Filter;
import dev.doppel.gallery.Gallery;
import dev.doppel.gallery.Item;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doppel gallery list}: every enrolled image with what is known of it. */
@Command(name = "list", description = "List the enrolled images by their ids.", sortOptions = false)
final class GalleryListCommand implements Callable<Integer> {

  /** The columns that every image has; those of metadata follow. */
  private static final List<String> COLUMNS = List.of("id", "label", "enrolled", "picture");

  private final Doppel doppel;

  @Mixin private GalleryOption galleries = new GalleryOption();

  @Option(names = "--label", paramLabel = "LABEL", description = "Only images of this label.")
  private @Nullable String label;

  @Option(
      names = "--where",
      paramLabel = "KEY=VALUE",
      description = "Only images that have this metadata.")
  private List<String> where = List.of();

  @Option(names = "--limit", paramLabel = "N", description = "At most so many (default all).")
  private long limit = Long.MAX_VALUE;

  @Mixin private ListFormat format = new ListFormat();

  GalleryListCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() {
    format.check(doppel);
    Filter filter = KeyValues.filter(where);
    try (Gallery gallery = galleries.openToRead()) {
      if (label != null) {
        Listing.requireLabel(gallery, label);
      }
      tell(Listing.items(gallery, Optional.ofNullable(label), filter, limit));
    }
    return ExitCode.DONE;
  }

  private void tell(List<Item> items) {
    Console console = doppel.console();
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "gallery list");
      document.put("gallery", galleries.file().toString());
      document.put("items", items.stream().map(GalleryListCommand::json).toList());
      console.json(document);
    } else if (format.csv()) {
      csv(items);
    } else if (items.isEmpty()) {
      console.print(
          where.isEmpty()
              ? "No image."
              : "No image has the metadata %s.".formatted(KeyValues.filter(where)));
    } else {
      words(items);
    }
  }

  private void csv(List<Item> items) {
    SortedSet<String> keys = new TreeSet<>();
    items.forEach(each -> keys.addAll(each.metadata().keySet()));
    List<String> head = new ArrayList<>(COLUMNS);
    keys.forEach(key -> head.add(COLUMNS.contains(key) ? "meta." + key : key));
    doppel.console().csv(head);
    for (Item each : items) {
      List<String> row = new ArrayList<>();
      row.add(Long.toString(each.id()));
      row.add(each.label());
      row.add(each.enrolled().toString());
      row.add(Boolean.toString(each.hasOriginal()));
      keys.forEach(key -> row.add(each.metadata().getOrDefault(key, "")));
      doppel.console().csv(row);
    }
  }

  private void words(List<Item> items) {
    Table table =
        new Table(
            Table.Align.RIGHT,
            Table.Align.LEFT,
            Table.Align.LEFT,
            Table.Align.LEFT,
            Table.Align.LEFT);
    table.row("id", "label", "enrolled", "picture", "metadata").row();
    for (Item each : items) {
      table.row(
          Long.toString(each.id()),
          each.label(),
          each.enrolled().truncatedTo(ChronoUnit.SECONDS).toString(),
          each.hasOriginal() ? "kept" : "no",
          new TreeMap<>(each.metadata())
              .entrySet().stream().map(Object::toString).collect(Collectors.joining(" ")));
    }
    table.lines().forEach(doppel.console()::print);
  }

  /** An item's members in a JSON document, as the server names them too. */
  static Map<String, Object> json(Item item) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", item.id());
    json.put("label", item.label());
    json.put("metadata", new TreeMap<>(item.metadata()));
    json.put("enrolled", item.enrolled().toString());
    json.put("hasOriginal", item.hasOriginal());
    return json;
  }
}
