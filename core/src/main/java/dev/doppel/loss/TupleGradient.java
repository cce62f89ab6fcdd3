package dev.doppel.loss;

import dev.doppel.model.Embeddings;

/**
 * A loss over tuples that were given, one by one and in double precision: the sum of its terms and
 * the gradient by the rows they name.
 */
final class TupleGradient {

  private final Embeddings embeddings;
  private final double[] gradient;
  private final Tally tally = new Tally();
  private final float[][] rows;

  TupleGradient(Embeddings embeddings) {
    this.embeddings = embeddings;
    this.gradient = new double[embeddings.values().length];
    this.rows = new float[embeddings.count()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = embeddings.row(i);
    }
  }

  double distance(Distance distance, int one, int other) {
    return distance.of(rows[one], rows[other]);
  }

  /** Moves two rows along the derivative of their distance. */
  void push(Distance by, double weight, double distance, int one, int other) {
    int dim = embeddings.dim();
    by.push(weight, distance, rows[one], rows[other], gradient, one * dim, other * dim);
  }

  /** Counts one tuple. */
  void term(double term, double atCollapse) {
    tally.possible++;
    tally.term(term, 1);
    tally.atCollapse += atCollapse;
  }

  LossResult result(Reduction reduction) {
    float[] scaled = new float[gradient.length];
    double divisor = tally.divisor(reduction);
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (gradient[i] / divisor);
    }
    return tally.result(reduction, scaled);
  }
}
