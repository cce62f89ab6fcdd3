package dev.doppel.model;

import java.util.Arrays;

/**
 * Turns two embeddings into a score; higher is closer. Data, not code: the model file says which
 * one, with its weights.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface Head permits Head.WeightedL1, Head.Cosine, Head.Euclidean {

  /** The name the model file uses. */
  String name();

  /**
   * The score of row {@code i} of {@code a} against row {@code j} of {@code b}; higher is closer.
   */
  double score(Embeddings a, int i, Embeddings b, int j);

  /** No two embeddings score higher than this; infinite if there is no such bound. */
  double highest();

  /**
   * Koch et al. 2015: the logit {@code bias + Σ weightⱼ |aⱼ − bⱼ|}, whose sigmoid is the
   * probability of "same".
   *
   * @param weights α of the paper, {@code [dim]}
   * @param bias counted by the paper's re-implementations, not printed in it
   */
  record WeightedL1(float[] weights, float bias) implements Head {

    @Override
    public String name() {
      return "weighted-l1";
    }

    @Override
    public double highest() {
      for (float weight : weights) {
        if (weight > 0) {
          return Double.POSITIVE_INFINITY;
        }
      }
      return bias; // of an embedding with itself
    }

    @Override
    public double score(Embeddings a, int i, Embeddings b, int j) {
      double sum = bias;
      int dim = a.dim();
      for (int k = 0, p = i * dim, q = j * dim; k < dim; k++, p++, q++) {
        sum += weights[k] * Math.abs(a.values()[p] - b.values()[q]);
      }
      return sum;
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

  /** The cosine of the angle between both, −1 to 1; 0 if either has no length. */
  record Cosine() implements Head {

    @Override
    public String name() {
      return "cosine";
    }

    @Override
    public double highest() {
      return 1;
    }

    @Override
    public double score(Embeddings a, int i, Embeddings b, int j) {
      double dot = 0;
      double aa = 0;
      double bb = 0;
      int dim = a.dim();
      for (int k = 0, p = i * dim, q = j * dim; k < dim; k++, p++, q++) {
        double x = a.values()[p];
        double y = b.values()[q];
        dot += x * y;
        aa += x * x;
        bb += y * y;
      }
      double lengths = Math.sqrt(aa * bb);
      return lengths == 0 ? 0 : dot / lengths;
    }
  }

  /** The Euclidean distance, negated so that higher is closer. */
  record Euclidean() implements Head {

    @Override
    public String name() {
      return "euclidean";
    }

    @Override
    public double highest() {
      return 0;
    }

    @Override
    public double score(Embeddings a, int i, Embeddings b, int j) {
      double sum = 0;
      int dim = a.dim();
      for (int k = 0, p = i * dim, q = j * dim; k < dim; k++, p++, q++) {
        double d = a.values()[p] - b.values()[q];
        sum += d * d;
      }
      return -Math.sqrt(sum);
    }
  }
}
