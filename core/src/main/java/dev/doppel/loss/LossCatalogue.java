package dev.doppel.loss;

import dev.doppel.error.OptionException;
import java.util.List;

/** All losses and miners by name, each with a line, its paper and usual settings. */
public final class LossCatalogue {

  /**
   * One loss.
   *
   * @param name as options give it
   * @param line what it does
   * @param paper where it is from
   * @param loss with its usual settings
   * @param onUnitSphere whether embeddings are usually divided by their length first; losses by
   *     cosine do so themselves
   */
  public record Entry(
      String name, String line, String paper, MetricLoss loss, boolean onUnitSphere) {}

  /**
   * One miner: a {@link TripletMiner} or a {@link PairMiner}.
   *
   * @param name as options give it
   * @param line what it keeps
   * @param paper where it is from, or a dash
   * @param miner with its usual settings
   */
  public record Mining(String name, String line, String paper, Record miner) {}

  private static final List<Entry> LOSSES =
      List.of(
          new Entry(
              "contrastive",
              "pulls pairs of a class together, pushes others beyond a margin",
              "Hadsell, Chopra and LeCun 2006",
              ContrastiveLoss.withMargin(1),
              true),
          new Entry(
              "exponential-contrastive",
              "the same with an exponential push, over Manhattan distances",
              "Chopra, Hadsell and LeCun 2005",
              new ExponentialContrastiveLoss(10, Reduction.MEAN),
              false),
          new Entry(
              "triplet",
              "a negative must be further than a positive, by a margin; semi-hard",
              "Schroff, Kalenichenko and Philbin 2015",
              TripletLoss.faceNet(),
              true),
          new Entry(
              "batch-hard-triplet",
              "the hardest positive and negative of each item, with a margin",
              "Hermans, Beyer and Leibe 2017",
              TripletLoss.batchHard(0.3),
              false),
          new Entry(
              "soft-batch-hard-triplet",
              "the same with a soft margin",
              "Hermans, Beyer and Leibe 2017",
              TripletLoss.softBatchHard(),
              false),
          new Entry(
              "angular",
              "bounds the angle at the negative of a triplet, over the batch",
              "Wang et al. 2017",
              AngularLoss.withAlpha(45),
              true),
          new Entry(
              "angular-triplet",
              "the same as a hinge over triplets, without a margin",
              "Wang et al. 2017",
              new AngularTripletLoss(45, Reduction.MEAN),
              false),
          new Entry(
              "n-pair",
              "one pair a class against the pairs of all other classes",
              "Sohn 2016",
              new NPairLoss(0.02, Reduction.MEAN),
              false),
          new Entry(
              "n-pair-angular",
              "N-pair plus twice the angular loss of the same pairs",
              "Wang et al. 2017",
              AngularNPairLoss.withAlpha(45).withNPair(2),
              true),
          new Entry(
              "nt-xent",
              "each positive against all negatives, by softmax of cosines",
              "Chen et al. 2020",
              NtXentLoss.withTemperature(0.1),
              false),
          new Entry(
              "supervised-contrastive",
              "all positives of an item against everything else, by softmax of cosines",
              "Khosla et al. 2020",
              SupervisedContrastiveLoss.withTemperature(0.1),
              false),
          new Entry(
              "multi-similarity",
              "weighs each pair by how it compares with the others of its item",
              "Wang et al. 2019",
              MultiSimilarityLoss.defaults(),
              false),
          new Entry(
              "lifted-structure",
              "each positive pair against all negatives of both items",
              "Oh Song et al. 2016",
              new LiftedStructureLoss(1, Reduction.MEAN),
              true),
          new Entry(
              "normalised-softmax",
              "classification by cosine",
              "Wang et al. 2017 (NormFace)",
              ClassifierLoss.normalisedSoftmax(0.05),
              false),
          new Entry(
              "cosface",
              "classification by cosine, with a margin of the cosine",
              "Wang et al. 2018",
              ClassifierLoss.cosFace(64, 0.35),
              false),
          new Entry(
              "arcface",
              "classification by cosine, with a margin of the angle",
              "Deng et al. 2019",
              ClassifierLoss.arcFace(64, 0.5),
              false),
          new Entry(
              "proxy-anchor",
              "one learned proxy a class, each against all items of the batch",
              "Kim et al. 2020",
              ProxyAnchorLoss.defaults(),
              false),
          new Entry(
              "prototypical",
              "queries against the mean of each class's support",
              "Snell, Swersky and Zemel 2017",
              PrototypicalLoss.paper(),
              false),
          new Entry(
              "matching",
              "queries attend to the support set",
              "Vinyals et al. 2016",
              MatchingLoss.withScale(10),
              false));

  private static final List<Mining> MINERS =
      List.of(
          new Mining("all", "every triplet", "–", TripletBand.ALL),
          new Mining("all-pairs", "every pair", "–", (Record) PairMiner.all()),
          new Mining("hard", "negatives closer than the positive", "–", TripletBand.HARD),
          new Mining(
              "semi-hard",
              "negatives beyond the positive, within the margin",
              "Schroff, Kalenichenko and Philbin 2015",
              TripletBand.semiHard(0.2)),
          new Mining(
              "nearest-semi-hard",
              "of those the nearest",
              "Schroff, Kalenichenko and Philbin 2015",
              new NearestSemiHard(0.2)),
          new Mining(
              "batch-hard",
              "the furthest positive with the nearest negative",
              "Hermans, Beyer and Leibe 2017",
              new BatchHard()),
          new Mining(
              "distance-weighted",
              "negatives of all distances alike, drawn",
              "Wu et al. 2017",
              DistanceWeighted.defaults()),
          new Mining(
              "angular", "wide angles at the negative", "Wang et al. 2017", new AngularMiner(45)),
          new Mining(
              "multi-similarity",
              "pairs not yet apart from the other kind",
              "Wang et al. 2019",
              new MultiSimilarityMiner(0.1)));

  private LossCatalogue() {}

  /** All losses. */
  public static List<Entry> losses() {
    return LOSSES;
  }

  /** All miners. */
  public static List<Mining> miners() {
    return MINERS;
  }

  /**
   * The loss of a name.
   *
   * @throws OptionException if there is none, with the nearest
   */
  public static Entry loss(String name) {
    return LOSSES.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> OptionException.unknown("loss", name, LOSSES.stream().map(Entry::name).toList()));
  }

  /**
   * The miner of a name.
   *
   * @throws OptionException if there is none, with the nearest
   */
  public static Mining miner(String name) {
    return MINERS.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                OptionException.unknown("miner", name, MINERS.stream().map(Mining::name).toList()));
  }
}
