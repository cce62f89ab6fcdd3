package dev.doppel.eval;

import dev.doppel.image.Image;
import java.util.List;

/**
 * Anything that answers a trial: a trained twin, a baseline, a person.
 *
 * <p>Implementations are thread-safe.
 */
public interface Matcher {

  /** What reports call it, such as {@code pixel-cosine}. */
  String name();

  /**
   * Looks at each distinct image once.
   *
   * @param images the images of all trials to come, each once
   * @return comparisons among them, by index
   */
  Comparison over(List<Image> images);

  /** Scores among images already looked at; higher is closer. */
  interface Comparison {

    /** How much alike images {@code first} and {@code second} are; higher is closer. */
    double score(int first, int second);

    /**
     * How much alike the query is to each class of a support set; higher is closer.
     *
     * <p>By default the mean over the shots of a class.
     *
     * @param query index of the query
     * @param support {@code [way][shot]}, indices of the support images
     * @return a score a way
     */
    default double[] scores(int query, int[][] support) {
      double[] scores = new double[support.length];
      for (int way = 0; way < support.length; way++) {
        double sum = 0;
        for (int shot : support[way]) {
          sum += score(query, shot);
        }
        scores[way] = sum / support[way].length;
      }
      return scores;
    }

    /**
     * How much alike each of several queries is to each class of the support set that they share.
     *
     * <p>By default each is answered alone.
     *
     * @param queries indices of the queries
     * @param support {@code [way][shot]}, indices of the support images
     * @return {@code [queries][ways]}
     */
    default double[][] scores(int[] queries, int[][] support) {
      double[][] scores = new double[queries.length][];
      for (int q = 0; q < queries.length; q++) {
        scores[q] = scores(queries[q], support);
      }
      return scores;
    }
  }
}
