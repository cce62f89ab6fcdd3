package dev.doppel.cli;

import dev.doppel.gallery.Gallery;
import dev.doppel.gallery.LabelCount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doppel gallery labels}: what is enrolled. */
@Command(
    name = "labels",
    description = "List the labels, in order, with the number of their images.",
    sortOptions = false)
final class GalleryLabelsCommand implements Callable<Integer> {

  private final Doppel doppel;

  @Mixin private GalleryOption galleries = new GalleryOption();

  @Option(
      names = "--where",
      paramLabel = "KEY=VALUE",
      description = "Count only images that have this metadata.")
  private List<String> where = List.of();

  @Mixin private ListFormat format = new ListFormat();

  GalleryLabelsCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() {
    format.check(doppel);
    try (Gallery gallery = galleries.openToRead()) {
      tell(Listing.labels(gallery, KeyValues.filter(where)));
    }
    return ExitCode.DONE;
  }

  private void tell(List<LabelCount> labels) {
    Console console = doppel.console();
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "gallery labels");
      document.put("gallery", galleries.file().toString());
      document.put("labels", labels.stream().map(GalleryLabelsCommand::json).toList());
      console.json(document);
    } else if (format.csv()) {
      console.csv(List.of("label", "items"));
      labels.forEach(each -> console.csv(List.of(each.label(), Integer.toString(each.items()))));
    } else if (labels.isEmpty()) {
      console.print(
          where.isEmpty()
              ? "No label."
              : "No label has an image with the metadata %s.".formatted(KeyValues.filter(where)));
    } else {
      Table table = new Table(Table.Align.LEFT, Table.Align.RIGHT).row("label", "images").row();
      labels.forEach(
          each -> table.row(each.label(), String.format(Locale.ROOT, "%,d", each.items())));
      table.lines().forEach(console::print);
    }
  }

  private static Map<String, Object> json(LabelCount label) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("label", label.label());
    json.put("items", label.items());
    return json;
  }
}
