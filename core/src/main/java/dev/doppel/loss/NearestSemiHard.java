package dev.doppel.loss;

import dev.doppel.error.OptionException;

/**
 * For each anchor and positive the nearest of the semi-hard negatives, of equal ones the first.
 *
 * @param margin within which a negative must be beyond the positive
 */
public record NearestSemiHard(double margin) implements TripletMiner {

  public NearestSemiHard {
    OptionException.require(margin > 0, "miner.margin", margin, "above 0");
  }

  @Override
  public void mine(Neighbourhood of, Sink sink) {
    for (int p = 0; p < of.positives(); p++) {
      float own = of.distance(of.positive(p));
      float nearest = (float) (own + margin);
      int chosen = -1;
      for (int n = 0; n < of.negatives(); n++) {
        float other = of.distance(of.negative(n));
        if (other > own && other < nearest) {
          nearest = other;
          chosen = of.negative(n);
        }
      }
      if (chosen >= 0) {
        sink.triplet(of.positive(p), chosen);
      }
    }
  }
}
