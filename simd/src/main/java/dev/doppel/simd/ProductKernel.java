package dev.doppel.simd;

import dev.doppel.search.Kernel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of products: two registers of rows times six queries at once.
 *
 * <p>One counter runs over the panel in the inner loop; with two or with a product of it, JDK 17
 * reaches a third of the speed.
 */
final class ProductKernel implements Kernel {

  private static final VectorSpecies<Float> SPECIES = VectorKernels.SPECIES;
  private static final int LANES = SPECIES.length();

  private final int dim;

  ProductKernel(int dim) {
    this.dim = dim;
  }

  @Override
  public boolean one(
      float[] panels,
      int at,
      float[] queries,
      int from,
      float[] thresholds,
      int first,
      Found found) {
    FloatVector threshold = FloatVector.broadcast(SPECIES, thresholds[first]);
    float[] scores = found.scores();
    boolean any = false;
    for (int row = 0; row < ROWS; row += 4 * LANES) {
      FloatVector a = FloatVector.zero(SPECIES);
      FloatVector b = a;
      FloatVector c = a;
      FloatVector e = a;
      int end = at + row + dim * ROWS;
      for (int p = at + row, q = from; p < end; p += ROWS, q++) {
        FloatVector query = FloatVector.broadcast(SPECIES, queries[q]);
        a = FloatVector.fromArray(SPECIES, panels, p).fma(query, a);
        b = FloatVector.fromArray(SPECIES, panels, p + LANES).fma(query, b);
        c = FloatVector.fromArray(SPECIES, panels, p + 2 * LANES).fma(query, c);
        e = FloatVector.fromArray(SPECIES, panels, p + 3 * LANES).fma(query, e);
      }
      a.intoArray(scores, row);
      b.intoArray(scores, row + LANES);
      c.intoArray(scores, row + 2 * LANES);
      e.intoArray(scores, row + 3 * LANES);
      if (Passing.reaches(a.max(b).max(c.max(e)), threshold)) {
        any = true;
      }
    }
    if (any) {
      Passing.mask(found, thresholds, first, 1);
    }
    return any;
  }

  @Override
  public boolean group(
      float[] panels,
      int at,
      float[] queries,
      int from,
      float[] thresholds,
      int first,
      Found found) {
    float[] scores = found.scores();
    boolean any = false;
    for (int row = 0; row < ROWS; row += 2 * LANES) {
      FloatVector a0 = FloatVector.zero(SPECIES);
      FloatVector b0 = a0;
      FloatVector a1 = a0;
      FloatVector b1 = a0;
      FloatVector a2 = a0;
      FloatVector b2 = a0;
      FloatVector a3 = a0;
      FloatVector b3 = a0;
      FloatVector a4 = a0;
      FloatVector b4 = a0;
      FloatVector a5 = a0;
      FloatVector b5 = a0;
      int end = at + row + dim * ROWS;
      for (int p = at + row, q = from; p < end; p += ROWS, q += GROUP) {
        FloatVector x = FloatVector.fromArray(SPECIES, panels, p);
        FloatVector y = FloatVector.fromArray(SPECIES, panels, p + LANES);
        FloatVector query = FloatVector.broadcast(SPECIES, queries[q]);
        a0 = x.fma(query, a0);
        b0 = y.fma(query, b0);
        query = FloatVector.broadcast(SPECIES, queries[q + 1]);
        a1 = x.fma(query, a1);
        b1 = y.fma(query, b1);
        query = FloatVector.broadcast(SPECIES, queries[q + 2]);
        a2 = x.fma(query, a2);
        b2 = y.fma(query, b2);
        query = FloatVector.broadcast(SPECIES, queries[q + 3]);
        a3 = x.fma(query, a3);
        b3 = y.fma(query, b3);
        query = FloatVector.broadcast(SPECIES, queries[q + 4]);
        a4 = x.fma(query, a4);
        b4 = y.fma(query, b4);
        query = FloatVector.broadcast(SPECIES, queries[q + 5]);
        a5 = x.fma(query, a5);
        b5 = y.fma(query, b5);
      }
      a0.intoArray(scores, row);
      b0.intoArray(scores, row + LANES);
      a1.intoArray(scores, ROWS + row);
      b1.intoArray(scores, ROWS + row + LANES);
      a2.intoArray(scores, 2 * ROWS + row);
      b2.intoArray(scores, 2 * ROWS + row + LANES);
      a3.intoArray(scores, 3 * ROWS + row);
      b3.intoArray(scores, 3 * ROWS + row + LANES);
      a4.intoArray(scores, 4 * ROWS + row);
      b4.intoArray(scores, 4 * ROWS + row + LANES);
      a5.intoArray(scores, 5 * ROWS + row);
      b5.intoArray(scores, 5 * ROWS + row + LANES);
      FloatVector over = Passing.over(a0, b0, thresholds[first]);
      over = over.max(Passing.over(a1, b1, thresholds[first + 1]));
      over = over.max(Passing.over(a2, b2, thresholds[first + 2]));
      over = over.max(Passing.over(a3, b3, thresholds[first + 3]));
      over = over.max(Passing.over(a4, b4, thresholds[first + 4]));
      over = over.max(Passing.over(a5, b5, thresholds[first + 5]));
      if (Passing.reaches(over, FloatVector.zero(SPECIES))) {
        any = true;
      }
    }
    if (any) {
      Passing.mask(found, thresholds, first, GROUP);
    }
    return any;
  }
}
