package dev.doppel.loss;

/**
 * For each anchor its furthest positive and its nearest negative (Hermans et al. 2017), of equal
 * ones the first. An item that lacks either is no anchor.
 */
public record BatchHard() implements TripletMiner {

  @Override
  public void mine(Neighbourhood of, Sink sink) {
    if (of.positives() == 0 || of.negatives() == 0) {
      return;
    }
    int furthest = of.positive(0);
    for (int p = 1; p < of.positives(); p++) {
      if (of.distance(of.positive(p)) > of.distance(furthest)) {
        furthest = of.positive(p);
      }
    }
    int nearest = of.negative(0);
    for (int n = 1; n < of.negatives(); n++) {
      if (of.distance(of.negative(n)) < of.distance(nearest)) {
        nearest = of.negative(n);
      }
    }
    sink.triplet(furthest, nearest);
  }
}
