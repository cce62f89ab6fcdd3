package dev.doppel.cli;

import dev.doppel.cli.LabelledFiles.LabelledFile;
import dev.doppel.error.OptionException;
import dev.doppel.gallery.Gallery;
import dev.doppel.gallery.GalleryStats;
import dev.doppel.model.Twin;
import dev.doppel.onnx.OpenModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code doppel enroll}: shows the recogniser images of things, under their labels. */
@Command(
    name = "enroll",
    sortOptions = false,
    customSynopsis = {
      "doppel enroll LABEL IMAGE... [OPTIONS]",
      "       doppel enroll --folder DIR [OPTIONS]",
      "       doppel enroll --csv FILE [OPTIONS]"
    },
    footer = {
      "",
      "One image of each thing is enough; more make a better answer.",
      "",
      "Examples:",
      "  doppel enroll ka ka-1.png ka-2.png",
      "  doppel enroll cat 'pictures/cats/**/*.jpg' --meta source=phone",
      "  doppel enroll --folder characters --gallery japanese.gallery"
    })
final class EnrolCommand implements Callable<Integer> {

  private final Doppel doppel;

  @Parameters(
      arity = "0..1",
      index = "0",
      paramLabel = "LABEL",
      description = "What the images show.")
  private @Nullable String label;

  @Parameters(
      arity = "0..*",
      index = "1..*",
      paramLabel = "IMAGE",
      description = {
        "Picture files; folders, for all pictures in them;",
        "or quoted globs such as 'cats/**/*.png'."
      })
  private List<String> images = List.of();

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = {
        "Enrol a folder of class folders: a picture's label",
        "is the name of its folder."
      })
  private @Nullable Path folder;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = {
        "Enrol what a table lists in its columns file and",
        "label; other columns become metadata."
      })
  private @Nullable Path csv;

  @Mixin private GalleryOption galleries = new GalleryOption();
  @Mixin private ModelOption models = new ModelOption();

  @Option(
      names = "--meta",
      paramLabel = "KEY=VALUE",
      description = "Metadata of all images, to filter by later.")
  private List<String> meta = List.of();

  @Option(
      names = "--no-originals",
      description = {
        "Keep no pictures in the gallery, only embeddings.",
        "It then cannot move to another model."
      })
  private boolean noOriginals;

  @Option(
      names = "--skip-unreadable",
      description = {
        "Go on without pictures that cannot be read.",
        "Else one such picture stops all before it begins."
      })
  private boolean skipUnreadable;

  @Option(
      names = "--skip",
      paramLabel = "N",
      defaultValue = "0",
      description = {
        "Pass over the first N pictures: goes on with a run",
        "that was stopped after so many."
      })
  private int skip;

  EnrolCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() {
    List<LabelledFile> all = files();
    if (skip < 0 || skip >= all.size()) {
      throw new OptionException(
          "--skip is " + skip,
          "There %s, and one at least must be left"
              .formatted(
                  all.size() == 1 ? "is 1 picture" : "are %,d pictures".formatted(all.size())),
          skip < 0 || all.size() == 1
              ? "Leave it out to enrol all"
              : "Take less than %,d, or leave it out to enrol all".formatted(all.size()));
    }
    List<LabelledFile> files = all.subList(skip, all.size());
    AtomicBoolean stop = new AtomicBoolean();
    try (Interruption interruption = new Interruption(() -> stop.set(true))) {
      enrol(files, stop);
      doppel.console().flush(); // the process may end with the next line
    }
    return stop.get() ? ExitCode.FAILED : ExitCode.DONE;
  }

  private List<LabelledFile> files() {
    int ways = (label == null ? 0 : 1) + (folder == null ? 0 : 1) + (csv == null ? 0 : 1);
    Map<String, String> metadata = KeyValues.of("--meta", meta);
    if (ways == 1 && folder != null) {
      return LabelledFiles.classFolders(folder, metadata);
    } else if (ways == 1 && csv != null) {
      return LabelledFiles.table(csv, metadata);
    } else if (ways == 1 && label != null && !images.isEmpty()) {
      return LabelledFiles.under(label, images, metadata);
    }
    throw new OptionException(
        switch (ways) {
          case 0 -> "Nothing to enrol";
          case 1 -> "Label \"" + label + "\" without an image";
          default -> "More than one of LABEL, --folder and --csv";
        },
        "A label with its images, a folder of class folders, or a table is enrolled",
        "Say doppel enroll LABEL IMAGE, or see doppel enroll --help");
  }

  private void enrol(List<LabelledFile> files, AtomicBoolean stop) {
    boolean created = !galleries.exists();
    try (OpenModel model = models.open(1); // each lane computes alone
        LateGallery gallery = new LateGallery(models, galleries, model.twin())) {
      if (!created) {
        gallery.get(); // a gallery of another model, or in use, is better known before the work
      }
      Enrolling enrolling =
          new Enrolling(doppel.console(), model.twin(), !noOriginals, skipUnreadable, stop::get);
      enrolling.run(files, gallery::get);
      tell(enrolling, files, gallery.opened(), created);
    }
  }

  /** A gallery that is opened, or made, only when there is something to put into it. */
  private static final class LateGallery implements AutoCloseable {

    private final ModelOption models;
    private final GalleryOption option;
    private final Twin twin;
    private @Nullable Gallery open;

    LateGallery(ModelOption models, GalleryOption option, Twin twin) {
      this.models = models;
      this.option = option;
      this.twin = twin;
    }

    Gallery get() {
      if (open == null) {
        open = option.openOrCreate(models, twin);
      }
      return open;
    }

    @Nullable Gallery opened() {
      return open;
    }

    @Override
    public void close() {
      if (open != null) {
        open.close();
      }
    }
  }

  private void tell(
      Enrolling enrolling, List<LabelledFile> files, @Nullable Gallery gallery, boolean created) {
    int images = enrolling.ids().size();
    int skipped = enrolling.skipped().size();
    long labels =
        files.subList(0, enrolling.done()).stream().map(LabelledFile::label).distinct().count();
    @Nullable GalleryStats stats = gallery == null ? null : gallery.stats();
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "enroll");
      document.put("gallery", galleries.file().toString());
      document.put("created", created && gallery != null);
      document.put("complete", enrolling.done() == files.size());
      document.put("enrolled", images);
      document.put("ids", enrolling.ids());
      document.put("unreadable", enrolling.skipped().stream().map(Unreadable::json).toList());
      if (stats != null) {
        document.put("labels", stats.labels());
        document.put("items", stats.items());
      }
      doppel.console().json(document);
    } else if (stats != null) {
      doppel
          .console()
          .print(
              "Enrolled %s under %s in %s%s."
                  .formatted(
                      Counted.of(images, "image"),
                      Counted.of(labels, "label"),
                      created ? "the new gallery " : "",
                      galleries.file()));
      doppel
          .console()
          .print(
              "It now knows %s by %s."
                  .formatted(
                      Counted.of(stats.labels(), "label"), Counted.of(stats.items(), "image")));
    } else {
      doppel.console().print("Enrolled nothing.");
    }
    if (skipped > 0) {
      doppel.console().say("Passed over " + Counted.of(skipped, "unreadable picture") + ":");
      Unreadable.lines(enrolling.skipped()).forEach(doppel.console()::say);
    }
    if (enrolling.done() < files.size()) {
      doppel
          .console()
          .say(
              "Stopped with %,d of %,d pictures done; what is enrolled stays. Go on with --skip %d."
                  .formatted(enrolling.done(), files.size(), skip + enrolling.done()));
    }
  }
}
