package dev.doppel.simd;

import dev.doppel.search.Kernel;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Weighted absolute differences: two registers of rows times three queries at once, as in {@link
 * SquaresKernel}.
 */
final class WeightedL1Kernel implements Kernel {

  private static final VectorSpecies<Float> SPECIES = VectorKernels.SPECIES;
  private static final int LANES = SPECIES.length();
  private static final int HALF = GROUP / 2;

  private final int dim;
  private final float[] weights;

  WeightedL1Kernel(int dim, float[] weights) {
    this.dim = dim;
    this.weights = Arrays.copyOf(weights, dim);
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
      for (int p = at + row, q = from, w = 0; p < end; p += ROWS, q++, w++) {
        FloatVector query = FloatVector.broadcast(SPECIES, queries[q]);
        FloatVector weight = FloatVector.broadcast(SPECIES, weights[w]);
        a = FloatVector.fromArray(SPECIES, panels, p).sub(query).abs().fma(weight, a);
        b = FloatVector.fromArray(SPECIES, panels, p + LANES).sub(query).abs().fma(weight, b);
        c = FloatVector.fromArray(SPECIES, panels, p + 2 * LANES).sub(query).abs().fma(weight, c);
        e = FloatVector.fromArray(SPECIES, panels, p + 3 * LANES).sub(query).abs().fma(weight, e);
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
    for (int half = 0; half < GROUP; half += HALF) {
      for (int row = 0; row < ROWS; row += 2 * LANES) {
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector b0 = a0;
        FloatVector a1 = a0;
        FloatVector b1 = a0;
        FloatVector a2 = a0;
        FloatVector b2 = a0;
        int end = at + row + dim * ROWS;
        for (int p = at + row, q = from + half, w = 0; p < end; p += ROWS, q += GROUP, w++) {
          FloatVector x = FloatVector.fromArray(SPECIES, panels, p);
          FloatVector y = FloatVector.fromArray(SPECIES, panels, p + LANES);
          FloatVector weight = FloatVector.broadcast(SPECIES, weights[w]);
          FloatVector query = FloatVector.broadcast(SPECIES, queries[q]);
          a0 = x.sub(query).abs().fma(weight, a0);
          b0 = y.sub(query).abs().fma(weight, b0);
          query = FloatVector.broadcast(SPECIES, queries[q + 1]);
          a1 = x.sub(query).abs().fma(weight, a1);
          b1 = y.sub(query).abs().fma(weight, b1);
          query = FloatVector.broadcast(SPECIES, queries[q + 2]);
          a2 = x.sub(query).abs().fma(weight, a2);
          b2 = y.sub(query).abs().fma(weight, b2);
        }
        a0.intoArray(scores, half * ROWS + row);
        b0.intoArray(scores, half * ROWS + row + LANES);
        a1.intoArray(scores, (half + 1) * ROWS + row);
        b1.intoArray(scores, (half + 1) * ROWS + row + LANES);
        a2.intoArray(scores, (half + 2) * ROWS + row);
        b2.intoArray(scores, (half + 2) * ROWS + row + LANES);
        FloatVector over = Passing.over(a0, b0, thresholds[first + half]);
        over = over.max(Passing.over(a1, b1, thresholds[first + half + 1]));
        over = over.max(Passing.over(a2, b2, thresholds[first + half + 2]));
        if (Passing.reaches(over, FloatVector.zero(SPECIES))) {
          any = true;
        }
      }
    }
    if (any) {
      Passing.mask(found, thresholds, first, GROUP);
    }
    return any;
  }
}
