package dev.doppel.loss;

import dev.doppel.error.OptionException;

/**
 * Every triplet whose angle at the negative, {@code atan(|a − p| / 2|n − c|)} with c the middle of
 * anchor and positive, is larger than α: those on which the {@link AngularTripletLoss} is above 0.
 *
 * @param alpha in degrees
 */
public record AngularMiner(double alpha) implements TripletMiner {

  public AngularMiner {
    OptionException.require(alpha > 0 && alpha < 90, "miner.alpha", alpha, "between 0 and 90");
  }

  @Override
  public void mine(Neighbourhood of, Sink sink) {
    double t = AngularTripletLoss.tanSquared(alpha);
    int a = of.anchor();
    for (int i = 0; i < of.positives(); i++) {
      int p = of.positive(i);
      double across = of.squared(a, p);
      for (int j = 0; j < of.negatives(); j++) {
        int n = of.negative(j);
        double inside = AngularTripletLoss.inside(t, across, of.squared(a, n), of.squared(p, n));
        if (inside > 0) {
          sink.triplet(p, n);
        }
      }
    }
  }
}
