package dev.doppel.loss;

import dev.doppel.model.Head;
import java.util.Arrays;

/** How far two embeddings are apart; lower is closer, 0 is the same. */
public enum Distance implements Measure {
  /** {@code |a − b|}. At 0 it has no direction, and its gradient is taken as 0. */
  EUCLIDEAN,
  /** {@code |a − b|²}, as FaceNet has it. */
  SQUARED_EUCLIDEAN,
  /** {@code Σ |aⱼ − bⱼ|}, as Chopra et al. have it; the gradient of a component at 0 is 0. */
  MANHATTAN;

  @Override
  public Head head(int dim) {
    if (this == MANHATTAN) {
      float[] weights = new float[dim];
      Arrays.fill(weights, -1);
      return new Head.WeightedL1(weights, 0);
    }
    return new Head.Euclidean();
  }

  /** The distance of two rows, in double precision. */
  double of(float[] a, float[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      double d = (double) a[k] - b[k];
      sum += this == MANHATTAN ? Math.abs(d) : d * d;
    }
    return this == EUCLIDEAN ? Math.sqrt(sum) : sum;
  }

  /**
   * Adds {@code weight} times the distance's derivative by {@code a} to one row of a gradient, and
   * takes it from another.
   *
   * @param distance of both, as {@link #of} gives it
   */
  void push(
      double weight,
      double distance,
      float[] a,
      float[] b,
      double[] gradient,
      int offsetA,
      int offsetB) {
    if (weight == 0 || distance == 0) {
      return;
    }
    for (int k = 0; k < a.length; k++) {
      double d = (double) a[k] - b[k];
      double step =
          switch (this) {
            case EUCLIDEAN -> weight * d / distance;
            case SQUARED_EUCLIDEAN -> weight * 2 * d;
            case MANHATTAN -> weight * Math.signum(d);
          };
      gradient[offsetA + k] += step;
      gradient[offsetB + k] -= step;
    }
  }
}
