package dev.doppel.loss;

import dev.doppel.error.OptionException;
import dev.doppel.random.Draws;

/**
 * For each anchor and positive one negative, drawn so that all distances are equally likely (Wu et
 * al. 2017): each weighs {@code 1 / q(d)}, q the density of the distance of two random points on
 * the unit sphere, {@code q(d) ∝ d^(dim−2) (1 − d²/4)^((dim−3)/2)}.
 *
 * <p>Meant for the unit sphere: see {@link BatchLoss#onUnitSphere}. An anchor all of whose
 * negatives are beyond {@code furthest} gives no triplet.
 *
 * @param nearest distances below count as this one, or the density would be next to 0; the paper
 *     has 0.5
 * @param furthest negatives beyond are not drawn, as they cost nothing; the paper's code has 1.4
 */
public record DistanceWeighted(double nearest, double furthest) implements TripletMiner {

  public DistanceWeighted {
    OptionException.require(nearest > 0, "miner.nearest", nearest, "above 0");
    OptionException.require(
        furthest > nearest && furthest < 2,
        "miner.furthest",
        furthest,
        "above miner.nearest and below 2, the width of the unit sphere");
  }

  /** As published. */
  public static DistanceWeighted defaults() {
    return new DistanceWeighted(0.5, 1.4);
  }

  @Override
  public void mine(Neighbourhood of, Sink sink) {
    double[] weights = weights(of);
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    if (!(total > 0)) {
      return;
    }
    Draws draws = of.draws();
    for (int p = 0; p < of.positives(); p++) {
      double left = draws.unit() * total;
      int chosen = -1;
      for (int n = 0; n < weights.length && left >= 0; n++) {
        if (weights[n] > 0) {
          chosen = of.negative(n);
          left -= weights[n];
        }
      }
      sink.triplet(of.positive(p), chosen);
    }
  }

  /** The weight of each negative of an anchor, up to a common factor. */
  double[] weights(Neighbourhood of) {
    double[] logs = new double[of.negatives()];
    double highest = Double.NEGATIVE_INFINITY;
    for (int n = 0; n < logs.length; n++) {
      double d = Math.sqrt(of.squared(of.anchor(), of.negative(n)));
      logs[n] = d > furthest ? Double.NEGATIVE_INFINITY : -logDensity(d, of.dim());
      highest = Math.max(highest, logs[n]);
    }
    double[] weights = new double[logs.length];
    for (int n = 0; n < logs.length; n++) {
      weights[n] = logs[n] == Double.NEGATIVE_INFINITY ? 0 : Math.exp(logs[n] - highest);
    }
    return weights;
  }

  private double logDensity(double distance, int dim) {
    double d = Math.max(nearest, distance);
    return (dim - 2) * Math.log(d) + (dim - 3) / 2.0 * Math.log(1 - d * d / 4);
  }
}
