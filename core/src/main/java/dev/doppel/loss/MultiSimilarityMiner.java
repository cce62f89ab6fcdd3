package dev.doppel.loss;

import dev.doppel.error.OptionException;

/**
 * Pairs that are not yet well apart from the other kind (Wang et al. 2019): a positive that is less
 * close than the closest negative plus ε, a negative that is closer than the least close positive
 * minus ε. An anchor that lacks one kind keeps none of the other.
 *
 * @param epsilon in the loss's measure; the paper has 0.1 of cosine
 */
public record MultiSimilarityMiner(double epsilon) implements PairMiner {

  public MultiSimilarityMiner {
    OptionException.require(epsilon >= 0, "miner.epsilon", epsilon, "0 or more");
  }

  @Override
  public void mine(Neighbourhood of, Sink sink) {
    float closest = Float.NEGATIVE_INFINITY;
    for (int n = 0; n < of.negatives(); n++) {
      closest = Math.max(closest, of.closeness(of.negative(n)));
    }
    float leastClose = Float.POSITIVE_INFINITY;
    for (int p = 0; p < of.positives(); p++) {
      float closeness = of.closeness(of.positive(p));
      leastClose = Math.min(leastClose, closeness);
      if (closeness < closest + epsilon) {
        sink.pair(of.positive(p), true);
      }
    }
    if (leastClose == Float.POSITIVE_INFINITY) {
      return;
    }
    for (int n = 0; n < of.negatives(); n++) {
      if (of.closeness(of.negative(n)) > leastClose - epsilon) {
        sink.pair(of.negative(n), false);
      }
    }
  }
}
