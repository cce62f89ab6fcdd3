package dev.doppel.loss;

import dev.doppel.model.Embeddings;

/**
 * Prototypical networks (Snell et al. 2017): cross-entropy of {@code softmax(−d(query, c))}, c the
 * mean of each class's support; the mean over queries.
 *
 * <p>Means are not laid on the unit sphere again, even if their items lie there.
 *
 * @param distance d; the paper's is the squared Euclidean
 */
public record PrototypicalLoss(Distance distance) implements EpisodeLoss {

  /** Squared Euclidean. */
  public static PrototypicalLoss paper() {
    return new PrototypicalLoss(Distance.SQUARED_EUCLIDEAN);
  }

  @Override
  public String name() {
    return "prototypical";
  }

  @Override
  public Measure measure() {
    return distance;
  }

  @Override
  public EpisodeResult of(
      Embeddings support,
      int[] supportLabels,
      Embeddings query,
      int[] queryLabels,
      WhenEmpty whenEmpty) {
    EpisodeClasses classes =
        new EpisodeClasses(name(), support, supportLabels, query, queryLabels, whenEmpty);
    Embeddings prototypes = prototypes(support, classes);
    CrossScores scores = new CrossScores(distance, query, prototypes);
    double[][] probabilities = new double[query.count()][classes.labels.length];
    double value = 0;
    int active = 0;
    for (int q = 0; q < probabilities.length; q++) {
      double term = query(classes.ofQuery[q], scores.score[q], scores.slope[q], probabilities[q]);
      value += term;
      active += term > 0 ? 1 : 0;
    }
    int queries = Math.max(1, probabilities.length);
    CrossScores.Gradients gradients = scores.gradients(1.0 / queries);
    float[] bySupport = toSupport(gradients.right(), classes, support.dim());
    Refusals.undefined(name(), value, gradients.left(), bySupport);
    LossResult loss =
        new LossResult(
            value / queries,
            gradients.left(),
            classes.counts(active),
            Math.log(classes.labels.length));
    return new EpisodeResult(loss, bySupport, classes.labels, probabilities);
  }

  private static double query(int label, float[] distances, float[] slope, double[] shares) {
    double nearest = Double.POSITIVE_INFINITY;
    for (float d : distances) {
      nearest = Math.min(nearest, d);
    }
    double total = 0;
    for (int c = 0; c < shares.length; c++) {
      shares[c] = Math.exp(nearest - distances[c]);
      total += shares[c];
    }
    double others = 0;
    for (int c = 0; c < shares.length; c++) {
      shares[c] /= total;
      if (c != label) {
        slope[c] = (float) -shares[c];
        others += shares[c];
      }
    }
    slope[label] = (float) others;
    return distances[label] - nearest + Math.log(total);
  }

  private static Embeddings prototypes(Embeddings support, EpisodeClasses classes) {
    int dim = support.dim();
    double[] sums = new double[classes.labels.length * dim];
    int[] sizes = sizes(classes);
    for (int i = 0; i < support.count(); i++) {
      for (int k = 0; k < dim; k++) {
        sums[classes.ofSupport[i] * dim + k] += support.values()[i * dim + k];
      }
    }
    float[] means = new float[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (sums[i] / sizes[i / dim]);
    }
    return new Embeddings(dim, means);
  }

  private static float[] toSupport(float[] byPrototypes, EpisodeClasses classes, int dim) {
    int[] sizes = sizes(classes);
    float[] gradient = new float[classes.ofSupport.length * dim];
    for (int i = 0; i < gradient.length; i++) {
      int c = classes.ofSupport[i / dim];
      gradient[i] = byPrototypes[c * dim + i % dim] / sizes[c];
    }
    return gradient;
  }

  private static int[] sizes(EpisodeClasses classes) {
    int[] sizes = new int[classes.labels.length];
    for (int c : classes.ofSupport) {
      sizes[c]++;
    }
    return sizes;
  }
}
