package dev.doppel.cli;

import dev.doppel.gallery.disk.Reembedding;
import dev.doppel.onnx.OpenModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doppel gallery reembed}: moves a gallery to another model. */
@Command(
    name = "reembed",
    description = {
      "Move a gallery to another model, by the pictures that it keeps. Ids, labels and"
          + " metadata stay; the old gallery is kept beside it."
    },
    sortOptions = false,
    footer = {"", "Example:", "  doppel gallery reembed --model better.onnx"})
final class GalleryReembedCommand implements Callable<Integer> {

  private final Doppel doppel;

  @Mixin private GalleryOption galleries = new GalleryOption();
  @Mixin private ModelOption models = new ModelOption();

  @Option(
      names = "--drop-without-original",
      description = {
        "Forget images whose picture was not kept.",
        "Else one such image stops it before it begins."
      })
  private boolean drop;

  GalleryReembedCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() {
    galleries.requireThere();
    try (OpenModel model = models.open()) {
      Reembedding.Result result;
      try (Progress progress = Progress.patient(doppel.console(), "embedding")) {
        result =
            Reembedding.run(
                galleries.file(),
                model.twin(),
                drop,
                (done, of) -> progress.count(done, of, "images"));
      }
      tell(result, model.twin().name());
    }
    return ExitCode.DONE;
  }

  private void tell(Reembedding.Result result, String model) {
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "gallery reembed");
      document.put("gallery", galleries.file().toString());
      document.put("model", model);
      document.put("embedded", result.items());
      document.put("dropped", result.dropped());
      document.put("before", result.before().toString());
      doppel.console().json(document);
      return;
    }
    Console console = doppel.console();
    console.print(
        "%s now holds %s embedded by %s."
            .formatted(galleries.file(), Counted.of(result.items(), "image"), model));
    if (result.dropped() > 0) {
      console.print(
          "Dropped %s without a picture.".formatted(Counted.of(result.dropped(), "image")));
    }
    console.print("What it was is kept in " + result.before());
  }
}
