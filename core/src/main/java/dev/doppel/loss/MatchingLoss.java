package dev.doppel.loss;

import dev.doppel.error.OptionException;
import dev.doppel.model.Embeddings;

/**
 * Matching networks (Vinyals et al. 2016): attention is the softmax over the support set of {@code
 * scale} times the similarity; the loss is −log of the attention on the query's class; the mean
 * over queries. Embeddings are not conditioned on the episode.
 *
 * @param similarity the paper's is the cosine
 * @param scale the paper's is 1, at which attention can hardly be sharp; 10 is usual
 */
public record MatchingLoss(Similarity similarity, double scale) implements EpisodeLoss {

  public MatchingLoss {
    OptionException.require(scale > 0, "loss.scale", scale, "above 0");
  }

  /** Cosines, stretched. */
  public static MatchingLoss withScale(double scale) {
    return new MatchingLoss(Similarity.COSINE, scale);
  }

  @Override
  public String name() {
    return "matching";
  }

  @Override
  public Measure measure() {
    return similarity;
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
    CrossScores scores = new CrossScores(similarity, query, support);
    double[][] probabilities = new double[query.count()][classes.labels.length];
    double value = 0;
    int active = 0;
    for (int q = 0; q < probabilities.length; q++) {
      double term = query(q, classes, scores, probabilities[q]);
      value += term;
      active += term > 0 ? 1 : 0;
    }
    int queries = Math.max(1, probabilities.length);
    CrossScores.Gradients gradients = scores.gradients(1.0 / queries);
    Refusals.undefined(name(), value, gradients.left(), gradients.right());
    LossResult loss =
        new LossResult(
            value / queries, gradients.left(), classes.counts(active), atCollapse(classes));
    return new EpisodeResult(loss, gradients.right(), classes.labels, probabilities);
  }

  private double query(int q, EpisodeClasses classes, CrossScores scores, double[] shares) {
    float[] score = scores.score[q];
    int label = classes.ofQuery[q];
    double highest = Double.NEGATIVE_INFINITY;
    double ownHighest = Double.NEGATIVE_INFINITY;
    for (int s = 0; s < score.length; s++) {
      highest = Math.max(highest, scale * score[s]);
      if (classes.ofSupport[s] == label) {
        ownHighest = Math.max(ownHighest, scale * score[s]);
      }
    }
    double total = 0;
    double own = 0;
    for (int s = 0; s < score.length; s++) {
      double e = Math.exp(scale * score[s] - highest);
      shares[classes.ofSupport[s]] += e;
      total += e;
      own += classes.ofSupport[s] == label ? Math.exp(scale * score[s] - ownHighest) : 0;
    }
    for (int s = 0; s < score.length; s++) {
      double attention = Math.exp(scale * score[s] - highest) / total;
      double target =
          classes.ofSupport[s] == label ? Math.exp(scale * score[s] - ownHighest) / own : 0;
      scores.slope[q][s] = (float) (scale * (attention - target));
    }
    for (int c = 0; c < shares.length; c++) {
      shares[c] /= total;
    }
    return Math.max(0, highest + Math.log(total) - ownHighest - Math.log(own));
  }

  /** With equal attention on every support item. */
  private static double atCollapse(EpisodeClasses classes) {
    int[] sizes = new int[classes.labels.length];
    for (int c : classes.ofSupport) {
      sizes[c]++;
    }
    double sum = 0;
    for (int c : classes.ofQuery) {
      sum += Math.log((double) classes.ofSupport.length / sizes[c]);
    }
    return sum / Math.max(1, classes.ofQuery.length);
  }
}
