package dev.doppel.torch;

import dev.doppel.error.OptionException;
import dev.doppel.loss.AnchorLoss;
import dev.doppel.loss.ContrastiveLoss;
import dev.doppel.loss.EpisodeLoss;
import dev.doppel.loss.LossCatalogue;
import dev.doppel.loss.MetricLoss;
import dev.doppel.loss.MultiSimilarityLoss;
import dev.doppel.loss.PairMiner;
import dev.doppel.loss.ProxyLoss;
import dev.doppel.loss.Similarity;
import dev.doppel.loss.TripletLoss;
import dev.doppel.loss.TripletMiner;
import dev.doppel.loss.WhenEmpty;
import org.jspecify.annotations.Nullable;

/**
 * A loss of {@link LossCatalogue} with what it learns from. Combinations that make no sense are
 * refused with the reason.
 *
 * @param loss its name
 * @param formula its settings; a miner is among them
 * @param miner name of the miner in {@code formula}; {@code none} where the loss takes none
 * @param radius length that embeddings are given before they are compared; 0 for the network's own.
 *     It is the inverse temperature of losses by distance or dot product
 * @param sampling what a batch is made of
 * @param shots images of each class that are the support of an episode, the rest being queries; 0
 *     for losses without episodes
 * @param memory embeddings of earlier batches to compare with as well; 0 for none
 * @param rotations how many ways to lay an image down become classes of their own: 1 to 4 for its
 *     quarter turns, to 8 for those of its mirror image
 * @param ligatures share of a batch's classes that become new signs, two characters joined
 * @param whenEmpty what to do with a batch in which there is nothing to compare; an epoch of such
 *     batches ends the run in any case
 * @param patience batches in a row at the value of collapse that end the run
 */
public record MetricOptions(
    String loss,
    MetricLoss formula,
    String miner,
    double radius,
    Sampling sampling,
    int shots,
    int memory,
    int rotations,
    double ligatures,
    WhenEmpty whenEmpty,
    int patience)
    implements ObjectiveOptions {

  static final String NO_MINER = "none";

  public MetricOptions {
    LossCatalogue.Entry entry = LossCatalogue.loss(loss);
    if (!entry.loss().getClass().equals(formula.getClass())) {
      throw new OptionException(
          "objective.loss is " + loss + ", with the settings of another loss",
          "A loss brings its own settings",
          "Name it by --loss " + loss);
    }
    requireMiner(loss, formula, miner);
    requireImages(loss, formula, sampling, shots);
    OptionException.require(
        radius == 0 || (radius > 0 && Double.isFinite(radius)),
        "objective.radius",
        radius,
        "0 for embeddings as they come, or above");
    OptionException.require(
        radius == 0 || formula.measure() != Similarity.COSINE,
        "objective.radius",
        radius,
        "0, as " + loss + " compares by the cosine, which no length changes");
    OptionException.require(memory >= 0, "objective.memory", memory, "0 or above");
    if (memory > 0 && !(formula instanceof AnchorLoss)) {
      throw new OptionException(
          "A memory for the loss " + loss,
          formula instanceof ProxyLoss
              ? "It compares with one learned row a class, not with other items"
              : "It compares the others of an item with each other too, and those of a memory"
                  + " cannot learn",
          "Leave --memory out, or take a loss over anchors such as triplet or nt-xent");
    }
    OptionException.require(
        rotations >= 1 && rotations <= 8, "objective.rotations", rotations, "1 to 8");
    OptionException.require(
        ligatures >= 0 && ligatures <= 1, "objective.ligatures", ligatures, "in [0, 1]");
    OptionException.require(
        ligatures == 0 || !(formula instanceof ProxyLoss),
        "objective.ligatures",
        ligatures,
        "0, as " + loss + " learns a row for each class, and no ligature comes twice");
    OptionException.require(patience >= 1, "objective.patience", patience, "at least 1");
  }

  /** The same with batches of another make. */
  MetricOptions with(Sampling other) {
    return new MetricOptions(
        loss, formula, miner, radius, other, shots, memory, rotations, ligatures, whenEmpty,
        patience);
  }

  private static void requireMiner(String loss, MetricLoss formula, String miner) {
    Record mined = minerOf(formula);
    if (mined == null) {
      if (!miner.equals(NO_MINER)) {
        throw new OptionException(
            "The miner " + miner + " for the loss " + loss,
            "It takes none: it weighs all items of a batch itself",
            "Leave --miner out, or take triplet, contrastive or multi-similarity");
      }
      return;
    }
    if (!LossCatalogue.miner(miner).miner().getClass().equals(mined.getClass())) {
      throw new OptionException(
          "objective.miner is " + miner + ", with the settings of another miner",
          "A miner brings its own settings",
          "Name it by --miner " + miner);
    }
  }

  private static void requireImages(String loss, MetricLoss formula, Sampling sampling, int shots) {
    boolean proxies = formula instanceof ProxyLoss;
    if (sampling.kind() == Sampling.Kind.SHUFFLED && !proxies) {
      throw new OptionException(
          "Shuffled batches for the loss " + loss,
          "It compares items of a class with each other, and a shuffled batch may have one of each",
          "Take --sampler balanced, groups or curriculum");
    }
    if (sampling.perClass() == 1 && !proxies) {
      throw new OptionException(
          "One image of each class in a batch, for the loss " + loss,
          "It needs two at least: there is nothing of its own class to compare an item with",
          "Give the batch as PxK with K of 2 or more, as in --batch 32x2");
    }
    if (loss.startsWith("n-pair") && sampling.perClass() > 2) {
      throw new OptionException(
          sampling.perClass() + " images of each class in a batch, for the loss " + loss,
          "It takes two of each; others would be embedded for nothing",
          "Give the batch as Px2, as in --batch 32x2");
    }
    boolean episodes = formula instanceof EpisodeLoss;
    OptionException.require(
        episodes ? shots >= 1 && shots < sampling.perClass() : shots == 0,
        "objective.shots",
        shots,
        episodes
            ? "at least 1 and below the "
                + sampling.perClass()
                + " images a class, to leave queries"
            : "0, as " + loss + " has no episodes");
  }

  /** The miner among a loss's settings, or null if it takes none. */
  static @Nullable Record minerOf(MetricLoss formula) {
    if (formula instanceof TripletLoss triplet) {
      return (Record) triplet.miner();
    }
    if (formula instanceof ContrastiveLoss contrastive) {
      return (Record) contrastive.miner();
    }
    return formula instanceof MultiSimilarityLoss similarity ? (Record) similarity.miner() : null;
  }

  /** A loss with another miner; refused with the reason if it cannot take it. */
  static MetricLoss withMiner(String loss, MetricLoss formula, LossCatalogue.Mining mining) {
    if (formula instanceof TripletLoss f && mining.miner() instanceof TripletMiner miner) {
      return new TripletLoss(f.distance(), miner, f.margin(), f.hinge(), f.reduction());
    }
    if (formula instanceof ContrastiveLoss f && mining.miner() instanceof PairMiner miner) {
      return new ContrastiveLoss(f.distance(), f.margin(), miner, f.reduction());
    }
    if (formula instanceof MultiSimilarityLoss f && mining.miner() instanceof PairMiner miner) {
      return f.withMiner(miner);
    }
    boolean triplets = formula instanceof TripletLoss;
    boolean pairs = !triplets && minerOf(formula) != null;
    throw new OptionException(
        "The miner " + mining.name() + " for the loss " + loss,
        pairs
            ? "The miner chooses triplets, and the loss is summed over pairs"
            : triplets
                ? "The miner chooses pairs, and the loss is summed over triplets"
                : "The loss takes no miner: it weighs all items of a batch itself",
        "Take "
            + String.join(
                ", ",
                LossCatalogue.miners().stream()
                    .filter(each -> (each.miner() instanceof TripletMiner ? triplets : pairs))
                    .map(LossCatalogue.Mining::name)
                    .toList())
            + (triplets || pairs ? "" : "another loss, or leave --miner out"));
  }

  /** Refuses a batch or an optimiser that this loss cannot use. */
  void requireFits(int batch, OptimiserOptions optimiser) {
    int perClass = Math.max(1, sampling.perClass());
    OptionException.require(
        batch % perClass == 0 && batch / perClass >= 2,
        "batch",
        batch,
        "a multiple of the " + perClass + " images of a class, and of 2 classes at least");
    OptionException.require(
        ligatures == 0 || batch / perClass >= 3,
        "batch",
        batch,
        "3 classes by " + perClass + " images or more, for ligatures of them");
    OptionException.require(
        sampling.together() == 0 || batch / perClass % sampling.together() == 0,
        "objective.sampling.together",
        sampling.together(),
        "a divisor of the " + batch / perClass + " classes of a batch");
    if (formula instanceof ProxyLoss && optimiser instanceof KochSgdOptions) {
      throw new OptionException(
          "Koch's descent for the loss " + loss,
          "It has a rate for each layer of the network, and none for learned rows of classes",
          "Take another preset, such as koch or everyday");
    }
  }
}
