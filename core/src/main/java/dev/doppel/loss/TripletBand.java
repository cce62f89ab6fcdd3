package dev.doppel.loss;

import dev.doppel.error.OptionException;

/**
 * Every triplet whose negative is further than its positive by more than {@code low} and by less
 * than {@code high}, both strictly.
 *
 * <p>A loss with a hard hinge sums over a band without looking at its triplets one by one.
 *
 * @param low what {@code d(a,n) − d(a,p)} must exceed; may be minus infinity
 * @param high what it must stay below; may be infinity
 */
public record TripletBand(double low, double high) implements TripletMiner {

  /** Every triplet. */
  public static final TripletBand ALL =
      new TripletBand(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** Every triplet whose negative is closer than its positive. */
  public static final TripletBand HARD = new TripletBand(Double.NEGATIVE_INFINITY, 0);

  public TripletBand {
    OptionException.require(low < high, "miner.low", low, "below miner.high, which is " + high);
  }

  /**
   * Every semi-hard triplet (Schroff et al. 2015): its negative is further than its positive, but
   * within the margin.
   *
   * @param margin the loss's own, as a rule
   */
  public static TripletBand semiHard(double margin) {
    return new TripletBand(0, margin);
  }

  /** Whether it keeps every triplet. */
  boolean everything() {
    return low == Double.NEGATIVE_INFINITY && high == Double.POSITIVE_INFINITY;
  }

  @Override
  public void mine(Neighbourhood of, Sink sink) {
    for (int p = 0; p < of.positives(); p++) {
      float own = of.distance(of.positive(p));
      float least = (float) (own + low);
      float most = (float) (own + high);
      for (int n = 0; n < of.negatives(); n++) {
        float other = of.distance(of.negative(n));
        if (other > least && other < most) {
          sink.triplet(of.positive(p), of.negative(n));
        }
      }
    }
  }
}
