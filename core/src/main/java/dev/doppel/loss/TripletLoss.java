package dev.doppel.loss;

import dev.doppel.error.OptionException;
import dev.doppel.model.Embeddings;

/**
 * The triplet loss: {@code hinge(d(a,p) − d(a,n) + margin)}, over the triplets that a miner keeps.
 *
 * <p>FaceNet (Schroff et al. 2015): squared distances, semi-hard, margin 0.2, on the unit sphere.
 * Hermans et al. 2017: plain distances, batch-hard, a margin or the soft one.
 *
 * @param distance d
 * @param miner which triplets
 * @param margin by how much the negative must be further
 * @param hinge what a violation costs
 * @param reduction over the triplets kept
 */
public record TripletLoss(
    Distance distance, TripletMiner miner, double margin, Hinge hinge, Reduction reduction)
    implements AnchorLoss {

  public TripletLoss {
    OptionException.require(
        Double.isFinite(margin) && (hinge == Hinge.SOFTPLUS ? margin >= 0 : margin > 0),
        "loss.margin",
        margin,
        "above 0, or 0 with the soft hinge; FaceNet has 0.2");
    OptionException.require(
        distance != Distance.MANHATTAN
            || !(miner instanceof AngularMiner || miner instanceof DistanceWeighted),
        "loss.distance",
        "manhattan",
        "Euclidean, squared or not, as the miner measures angles or the sphere");
  }

  /** Squared distances, semi-hard triplets, margin 0.2; to be put on the unit sphere. */
  public static TripletLoss faceNet() {
    return new TripletLoss(
        Distance.SQUARED_EUCLIDEAN, TripletBand.semiHard(0.2), 0.2, Hinge.RELU, Reduction.MEAN);
  }

  /** The hardest positive and negative of each anchor, with a margin. */
  public static TripletLoss batchHard(double margin) {
    return new TripletLoss(Distance.EUCLIDEAN, new BatchHard(), margin, Hinge.RELU, Reduction.MEAN);
  }

  /** The hardest positive and negative of each anchor, with the soft margin. */
  public static TripletLoss softBatchHard() {
    return new TripletLoss(Distance.EUCLIDEAN, new BatchHard(), 0, Hinge.SOFTPLUS, Reduction.MEAN);
  }

  @Override
  public String name() {
    return "triplet";
  }

  @Override
  public Measure measure() {
    return distance;
  }

  @Override
  public LossResult of(LabelledBatch batch, LabelledBatch memory, WhenEmpty whenEmpty) {
    boolean summed =
        hinge == Hinge.RELU && miner instanceof TripletBand band && BandSum.fits(band, margin);
    LossResult result =
        AnchorSum.of(
            this,
            reduction,
            batch,
            memory,
            whenEmpty,
            () -> summed ? new BandSum((TripletBand) miner, margin)::add : this::mined);
    double collapsed = hinge.of(margin);
    double atCollapse =
        reduction == Reduction.SUM ? collapsed * result.counts().selected() : collapsed;
    return new LossResult(result.value(), result.gradient(), result.counts(), atCollapse);
  }

  private void mined(Neighbourhood of, float[] score, float[] slope, Tally tally) {
    tally.possible += (long) of.positives() * of.negatives();
    miner.mine(
        of,
        (p, n) -> {
          double violation = (double) score[p] - score[n] + margin;
          float steepness = (float) hinge.slope(violation);
          slope[p] += steepness;
          slope[n] -= steepness;
          tally.term(hinge.of(violation), 1);
        });
  }

  /** Value and gradient over given triplets. */
  public LossResult of(Embeddings embeddings, Triplets triplets, WhenEmpty whenEmpty) {
    Refusals.undefinedRows(name(), "embeddings", embeddings);
    TupleGradient sum = new TupleGradient(embeddings);
    for (int i = 0; i < triplets.count(); i++) {
      int a = triplets.anchors()[i];
      int p = triplets.positives()[i];
      int n = triplets.negatives()[i];
      double near = sum.distance(distance, a, p);
      double far = sum.distance(distance, a, n);
      double violation = near - far + margin;
      double steepness = hinge.slope(violation);
      sum.push(distance, steepness, near, a, p);
      sum.push(distance, -steepness, far, a, n);
      sum.term(hinge.of(violation), hinge.of(margin));
    }
    return sum.result(reduction).checked(name(), whenEmpty);
  }
}
