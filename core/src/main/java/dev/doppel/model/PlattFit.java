package dev.doppel.model;

import dev.doppel.episode.Relation;
import dev.doppel.eval.Scored;
import java.util.List;

/**
 * The sigmoid that best explains which pairs are the same (Platt 1999): Newton's method on the
 * cross-entropy, on scores of mean 0 and deviation 1.
 *
 * @param slope of the logit; not a number if all scores are equal
 * @param offset of the logit
 */
record PlattFit(double slope, double offset) {

  private static final int STEPS = 100;
  private static final double FLAT = 1e-12;

  static PlattFit of(List<Scored> pairs) {
    int n = pairs.size();
    long same = pairs.stream().filter(pair -> pair.relation() == Relation.SAME).count();
    double mean = pairs.stream().mapToDouble(Scored::score).average().orElseThrow();
    double squares = 0;
    for (Scored pair : pairs) {
      squares += (pair.score() - mean) * (pair.score() - mean);
    }
    double deviation = Math.sqrt(squares / n);
    if (!(deviation > 0) || Double.isInfinite(deviation)) {
      return new PlattFit(Double.NaN, 0);
    }
    double[] x = new double[n];
    double[] target = new double[n];
    double[] weight = new double[n];
    for (int i = 0; i < n; i++) {
      boolean is = pairs.get(i).relation() == Relation.SAME;
      long kind = is ? same : n - same;
      x[i] = (pairs.get(i).score() - mean) / deviation;
      target[i] = (is ? kind + 1.0 : 1.0) / (kind + 2.0);
      weight[i] = 0.5 / kind;
    }
    PlattFit unit = newton(x, target, weight);
    double slope = unit.slope / deviation;
    return new PlattFit(slope, unit.offset - slope * mean);
  }

  private static PlattFit newton(double[] x, double[] target, double[] weight) {
    double a = 0;
    double b = 0;
    double loss = loss(a, b, x, target, weight);
    for (int step = 0; step < STEPS; step++) {
      double ga = 0;
      double gb = 0;
      double haa = FLAT;
      double hab = 0;
      double hbb = FLAT;
      for (int i = 0; i < x.length; i++) {
        double p = 1 / (1 + Math.exp(-(a * x[i] + b)));
        double error = weight[i] * (p - target[i]);
        double curve = weight[i] * p * (1 - p);
        ga += error * x[i];
        gb += error;
        haa += curve * x[i] * x[i];
        hab += curve * x[i];
        hbb += curve;
      }
      if (Math.abs(ga) < FLAT && Math.abs(gb) < FLAT) {
        break;
      }
      double det = haa * hbb - hab * hab;
      double da = -(hbb * ga - hab * gb) / det;
      double db = -(haa * gb - hab * ga) / det;
      double length = 1;
      double next = loss(a + da, b + db, x, target, weight);
      while (!(next <= loss) && length > FLAT) { // too far: halve the step
        length /= 2;
        next = loss(a + length * da, b + length * db, x, target, weight);
      }
      if (!(next <= loss)) {
        break; // as low as rounding allows
      }
      a += length * da;
      b += length * db;
      loss = next;
    }
    return new PlattFit(a, b);
  }

  /** Cross-entropy: log(1 + exp(z)) − target · z, kept from overflow. */
  private static double loss(double a, double b, double[] x, double[] target, double[] weight) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double z = a * x[i] + b;
      sum += weight[i] * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - target[i] * z);
    }
    return sum;
  }
}
