package dev.doppel.search;

import dev.doppel.error.OptionException;
import java.util.Arrays;

/**
 * How close two rows of numbers are; higher is closer.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface Metric permits Metric.InnerProduct, Metric.Euclidean, Metric.WeightedL1 {

  /** What it is called. */
  String name();

  /** The sum of the products; on rows of length 1, the cosine. */
  record InnerProduct() implements Metric {

    @Override
    public String name() {
      return "inner-product";
    }
  }

  /** The Euclidean distance, negated. */
  record Euclidean() implements Metric {

    @Override
    public String name() {
      return "euclidean";
    }
  }

  /**
   * {@code bias + Σ weightⱼ |aⱼ − bⱼ|}, the form of Koch's head.
   *
   * @param weights {@code [dim]}, of any sign
   * @param bias added to every score
   */
  record WeightedL1(float[] weights, float bias) implements Metric {

    public WeightedL1 {
      weights = weights.clone();
      for (float weight : weights) {
        OptionException.require(Float.isFinite(weight), "weight", weight, "finite");
      }
      OptionException.require(Float.isFinite(bias), "bias", bias, "finite");
    }

    @Override
    public float[] weights() {
      return weights.clone();
    }

    @Override
    public String name() {
      return "weighted-l1";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof WeightedL1 that
          && bias == that.bias
          && Arrays.equals(weights, that.weights);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(weights) + Float.hashCode(bias);
    }

    @Override
    public String toString() {
      return "WeightedL1[" + weights.length + " weights, bias " + bias + "]";
    }
  }
}
