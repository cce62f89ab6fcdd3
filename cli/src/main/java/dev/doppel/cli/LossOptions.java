package dev.doppel.cli;

import dev.doppel.data.Dataset;
import dev.doppel.error.OptionException;
import dev.doppel.torch.BatchFit;
import dev.doppel.torch.LossChoice;
import dev.doppel.torch.Sampling;
import dev.doppel.torch.TrainingPlan;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose a loss and what it learns from. */
final class LossOptions {

  private static final Pattern SHAPE = Pattern.compile("(\\d{1,4})[x×](\\d{1,4})");

  @Option(
      names = "--loss",
      paramLabel = "NAME[:K=V,…]",
      description = {
        "The loss, with settings of it: triplet:margin=0.3 (default: the preset's own).",
        "See: doppel losses"
      })
  private @Nullable String loss;

  @Option(
      names = "--miner",
      paramLabel = "NAME[:K=V,…]",
      description = "What of a batch the loss is summed over. See: doppel miners")
  private @Nullable String miner;

  @Option(
      names = "--sampler",
      paramLabel = "NAME[:K=V,…]",
      description = {
        "shuffled    all images in random order; only for losses with a row a class",
        "balanced    some images of each of some classes",
        "groups      with classes of one alphabet together, as in groups:together=8",
        "curriculum  with 1, 2, 4 … together: curriculum:together=8,stageEpochs=5"
      })
  private @Nullable String sampler;

  @Option(
      names = "--batch",
      paramLabel = "PxK",
      description = "Classes a batch by images of each, as in 32x2.")
  private @Nullable String batch;

  @Option(
      names = "--memory",
      paramLabel = "N",
      description = "Compare with the last N embeddings of earlier batches, too.")
  private @Nullable Integer memory;

  /**
   * What was chosen, or null if the preset's own loss is wanted.
   *
   * @throws OptionException if something about a loss was said, but not which
   */
  @Nullable LossChoice choice() {
    if (loss == null) {
      refuseAlone("--miner", miner);
      refuseAlone("--sampler", sampler);
      refuseAlone("--batch", batch);
      refuseAlone("--memory", memory);
      return null;
    }
    NamedSettings named = NamedSettings.of("--loss", loss);
    NamedSettings mined = miner == null ? null : NamedSettings.of("--miner", miner);
    NamedSettings sampled = sampler == null ? null : NamedSettings.of("--sampler", sampler);
    return new LossChoice(
        named.name(),
        named.settings(),
        mined == null ? null : mined.name(),
        mined == null ? java.util.Map.of() : mined.settings(),
        sampled == null ? null : kind(sampled.name()),
        sampled == null ? java.util.Map.of() : sampled.settings(),
        shape(),
        memory);
  }

  /**
   * The plan with a batch that the images there are can fill: the usual one of a loss is made
   * smaller if they cannot, with a note; one that was asked for is refused.
   *
   * @param set whether the batch was asked for by {@code --set}
   * @throws OptionException if the batch that was asked for is too large, or none is small enough
   */
  TrainingPlan fitted(TrainingPlan plan, Dataset images, boolean set, Console console) {
    BatchFit fit = BatchFit.of(plan, images);
    if (fit.fits()) {
      return plan;
    }
    String there =
        "There are %s to learn from, and the smallest has %s"
            .formatted(
                Counted.classes(fit.most().classes()), Counted.of(fit.most().images(), "image"));
    if (batch != null || set || !fit.canShrink()) {
      throw new OptionException(
          "Batches of %s, classes by images of each".formatted(fit.asked()),
          there,
          fit.canShrink() ? "Say --batch " + fit.fitting() : "Add images, or take another loss");
    }
    console.say(
        "Batches of %s rather than the usual %s. %s; --batch takes another shape."
            .formatted(fit.fitting(), fit.asked(), there));
    return fit.shrunk(plan);
  }

  private static void refuseAlone(String option, @Nullable Object value) {
    if (value != null) {
      throw new OptionException(
          option + " " + value + " without --loss",
          "The preset's own loss has nothing to do with it",
          "Name a loss, as in --loss triplet; doppel losses lists them");
    }
  }

  private static Sampling.Kind kind(String name) {
    List<String> known =
        Arrays.stream(Sampling.Kind.values())
            .map(each -> each.name().toLowerCase(Locale.ROOT))
            .toList();
    if (!known.contains(name)) {
      throw OptionException.unknown("sampler", name, known);
    }
    return Sampling.Kind.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private LossChoice.@Nullable Shape shape() {
    if (batch == null) {
      return null;
    }
    Matcher matcher = SHAPE.matcher(batch);
    if (!matcher.matches()) {
      throw new OptionException(
          "--batch " + batch, "It is classes by images of each", "Give it as in --batch 32x2");
    }
    return new LossChoice.Shape(
        Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }
}
