package dev.doppel.cli;

import dev.doppel.data.folder.FolderSplit;
import dev.doppel.data.folder.ImageFolder;
import dev.doppel.error.NearestName;
import dev.doppel.error.OptionException;
import dev.doppel.option.Settings;
import dev.doppel.torch.TrainingPlan;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of training on a person's own folder of class folders. */
final class FolderOptions {

  private static final String SIDE = "architecture.inputSide";
  private static final List<String> COLOURS = List.of("rgb", "grey", "auto");
  private static final String CHANNELS = "architecture.inputChannels";

  @Option(
      names = "--size",
      paramLabel = "N",
      description = "Own images: pixels of a side that the network reads (default 64).")
  private @Nullable Integer size;

  @Option(
      names = "--colour",
      paramLabel = "HOW",
      description = "Own images: rgb, grey, or auto: colour if any image has some (default).")
  private @Nullable String colour;

  @Option(
      names = "--skip-unreadable",
      description = "Own images: leave out files that cannot be read, rather than stop.")
  private boolean skipUnreadable;

  /**
   * Refuses values there are not, and options that Omniglot has no use for.
   *
   * @param own whether the data are a person's own
   */
  void check(boolean own) {
    if (colour != null && !COLOURS.contains(colour)) {
      String near = NearestName.of(colour, COLOURS);
      throw new OptionException(
          "--colour is \"" + colour + "\"",
          "It must be one of " + String.join(", ", COLOURS),
          near == null ? "Take one of these" : "Did you mean " + near + "?");
    }
    OptionException.require(
        size == null || (size >= 8 && size <= 512), "--size", size == null ? 0 : size, "8 to 512");
    if (!own && (size != null || colour != null || skipUnreadable)) {
      throw new OptionException(
          (size != null ? "--size" : colour != null ? "--colour" : "--skip-unreadable")
              + " without a folder of class folders",
          "It is about images of one's own",
          "Name their folder with --data, or leave the option out");
    }
  }

  /** The plan with the side that was asked for. */
  TrainingPlan sized(TrainingPlan plan) {
    return size == null ? plan : set(plan, SIDE, size);
  }

  /** The images, made small enough for the plan's network. */
  ImageFolder read(Path folder, TrainingPlan plan, Console console) {
    ImageFolder read = ImageFolder.read(folder, plan.architecture().inputSide(), true);
    if (!skipUnreadable) {
      read.whole(folder, "Mend or remove them, or say --skip-unreadable to go on without");
    }
    console.say(
        "Read a %s, %,d MB in memory.".formatted(read.data().name(), (read.bytes() >> 20) + 1));
    if (!read.refused().isEmpty()) {
      console.say("Left out %d files:".formatted(read.refused().size()));
      read.refused().forEach(refused -> console.say("  " + refused));
    }
    return read;
  }

  /**
   * The plan with the channels that were asked for, or that the images have.
   *
   * @param resumed whether the plan is that of a run under way, which has chosen
   */
  TrainingPlan coloured(TrainingPlan plan, ImageFolder folder, boolean resumed) {
    if (colour == null && resumed) {
      return plan;
    }
    if (colour == null && plan.view().ink()) {
      return plan; // a preset for handwriting reads grey
    }
    String wanted = colour == null ? "auto" : colour;
    boolean rgb = wanted.equals("auto") ? folder.colour() : wanted.equals("rgb");
    int channels = rgb ? 3 : 1;
    return plan.architecture().inputChannels() == channels ? plan : set(plan, CHANNELS, channels);
  }

  private static TrainingPlan set(TrainingPlan plan, String setting, int value) {
    if (!Settings.of(plan).containsKey(setting)) {
      throw new OptionException(
          "Preset %s with another %s".formatted(plan.preset(), setting),
          "Its architecture, %s, has only one".formatted(plan.architecture().name()),
          "Take --preset images, or leave the option out");
    }
    return Settings.with(plan, setting, Integer.toString(value));
  }

  /** Says what was held back. */
  static void tell(FolderSplit split, Console console) {
    int classes = split.validation().classes().size();
    console.say(
        split.byClasses()
            ? ("Held %d of %d classes back: they choose the epoch, calibrate, and never are learned"
                    + " from.")
                .formatted(classes, classes + split.training().classes().size())
            : ("Fewer than ten classes: held %d images of %d classes back instead. They choose the"
                    + " epoch and calibrate; figures are of classes that were learned.")
                .formatted(split.validation().samples().count(), classes));
  }
}
