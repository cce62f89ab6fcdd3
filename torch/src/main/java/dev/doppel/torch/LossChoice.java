package dev.doppel.torch;

import dev.doppel.error.OptionException;
import dev.doppel.loss.LossCatalogue;
import dev.doppel.loss.MetricLoss;
import dev.doppel.loss.NearestSemiHard;
import dev.doppel.loss.TripletBand;
import dev.doppel.loss.TripletLoss;
import dev.doppel.loss.WhenEmpty;
import dev.doppel.option.Settings;
import dev.doppel.torch.Sampling.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A loss of {@link LossCatalogue} and what is to be different from its usual training.
 *
 * @param loss its name
 * @param settings settings of it, by name
 * @param miner the miner in place of its own; null for its own
 * @param minerSettings settings of the miner
 * @param sampler how batches are made; null for the usual way
 * @param samplerSettings settings of {@link Sampling}
 * @param shape classes and images a class of a batch; null for the usual ones
 * @param memory embeddings to remember of earlier batches; null for none
 */
public record LossChoice(
    String loss,
    Map<String, String> settings,
    @Nullable String miner,
    Map<String, String> minerSettings,
    @Nullable Kind sampler,
    Map<String, String> samplerSettings,
    @Nullable Shape shape,
    @Nullable Integer memory) {

  /**
   * Batches in a row at the value of collapse; a triplet loss may rest at its margin for a while.
   */
  private static final int PATIENCE = 500;

  /**
   * The shape of a batch.
   *
   * @param classes P
   * @param images K, of each class
   */
  public record Shape(int classes, int images) {
    public Shape {
      OptionException.require(classes >= 2, "classes a batch", classes, "at least 2");
      OptionException.require(images >= 1, "images a class", images, "at least 1");
    }
  }

  public LossChoice {
    settings = Map.copyOf(settings);
    minerSettings = Map.copyOf(minerSettings);
    samplerSettings = Map.copyOf(samplerSettings);
  }

  /** A loss as it is usually trained. */
  public static LossChoice of(String loss) {
    return new LossChoice(loss, Map.of(), null, Map.of(), null, Map.of(), null, null);
  }

  /** The same with a miner; {@code none} and null leave the loss's own. */
  LossChoice withMiner(@Nullable String name) {
    return name == null || name.equals(MetricOptions.NO_MINER)
        ? this
        : new LossChoice(loss, settings, name, Map.of(), sampler, samplerSettings, shape, memory);
  }

  /**
   * A preset's plan with this loss.
   *
   * @throws OptionException if a name or setting is unknown, or things do not go together
   */
  public TrainingPlan on(TrainingPlan preset) {
    LossRecipe recipe = LossRecipe.of(loss);
    MetricLoss formula = formula(recipe);
    Sampling sampling = sampling(recipe);
    Record mined = MetricOptions.minerOf(formula);
    MetricOptions options =
        new MetricOptions(
            loss,
            formula,
            mined == null ? MetricOptions.NO_MINER : miner == null ? nameOf(mined) : miner,
            recipe.radius(),
            sampling,
            recipe.shots(),
            memory == null ? 0 : memory,
            preset.objective() instanceof CosineSoftmaxOptions softmax ? softmax.rotations() : 1,
            0,
            mined == null ? WhenEmpty.REFUSE : WhenEmpty.COUNT,
            PATIENCE);
    int images =
        shape == null
            ? preset.batch()
            : shape.classes() * (sampling.perClass() == 0 ? shape.images() : sampling.perClass());
    return preset.with(options, paced(preset.optimiser(), recipe.pace()), images);
  }

  private MetricLoss formula(LossRecipe recipe) {
    MetricLoss formula = changed("loss " + loss, recipe.formula(), settings);
    if (miner != null) {
      formula = MetricOptions.withMiner(loss, formula, LossCatalogue.miner(miner));
    }
    Map<String, String> mining = new LinkedHashMap<>();
    minerSettings.forEach((name, value) -> mining.put("miner." + name, value));
    if (formula instanceof TripletLoss triplet
        && settings.keySet().stream().noneMatch(each -> each.startsWith("miner."))) {
      // What is semi-hard is so within the loss's own margin, unless someone says otherwise.
      String margin = Double.toString(triplet.margin());
      if (triplet.miner() instanceof TripletBand band && band.low() == 0) {
        mining.putIfAbsent("miner.high", margin);
      } else if (triplet.miner() instanceof NearestSemiHard) {
        mining.putIfAbsent("miner.margin", margin);
      }
    }
    return changed("loss " + loss, formula, mining);
  }

  private Sampling sampling(LossRecipe recipe) {
    Sampling usual =
        recipe.perClass() == 0 ? Sampling.shuffled() : Sampling.balanced(recipe.perClass());
    Kind kind = sampler;
    if (kind == null && shape != null && usual.kind() == Kind.SHUFFLED) {
      kind = Kind.BALANCED; // who says PxK wants it
    }
    Sampling sampling = kind == null ? usual : usual.as(kind);
    Map<String, String> changes = new LinkedHashMap<>(samplerSettings);
    if (shape != null && sampling.kind() != Kind.SHUFFLED) {
      changes.put("perClass", Integer.toString(shape.images()));
    }
    return Settings.with(sampling, changes);
  }

  @SuppressWarnings("unchecked") // a copy of a loss is one
  private static <L> L changed(String what, L record, Map<String, String> changes) {
    for (String name : changes.keySet()) {
      Map<String, String> known = Settings.of((Record) record);
      if (!known.containsKey(name)) {
        throw OptionException.unknown("setting of the " + what, name, known.keySet());
      }
    }
    return (L) Settings.with((Record) record, changes);
  }

  private static String nameOf(Record miner) {
    return LossCatalogue.miners().stream()
        .filter(each -> each.miner().equals(miner))
        .findFirst()
        .or(
            () ->
                LossCatalogue.miners().stream()
                    .filter(each -> each.miner().getClass().equals(miner.getClass()))
                    .filter(
                        each -> !(miner instanceof TripletBand) || each.name().equals("semi-hard"))
                    .findFirst())
        .orElseThrow()
        .name();
  }

  private static OptimiserOptions paced(OptimiserOptions usual, double pace) {
    return usual instanceof AdamWOptions adam
        ? new AdamWOptions(adam.rate() * pace, adam.weightDecay(), adam.warmup())
        : usual;
  }
}
