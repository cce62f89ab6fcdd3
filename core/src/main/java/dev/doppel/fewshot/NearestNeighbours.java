package dev.doppel.fewshot;

import dev.doppel.error.OptionException;
import dev.doppel.model.Embeddings;
import java.util.stream.IntStream;

/**
 * The vote of the k nearest examples (Cover and Hart 1967), for classes and for numbers.
 *
 * <p>A class scores its votes and less than one more, by how close its nearest example is, so that
 * equal votes are decided by closeness.
 *
 * @param space what is close
 * @param neighbours k
 */
public record NearestNeighbours(Space space, int neighbours) implements FewShotMethod {

  /** Keeps what decides between equal votes below one vote. */
  private static final double BELOW_ONE = 1 - 1e-9;

  public NearestNeighbours {
    OptionException.require(neighbours >= 1, "neighbours", neighbours, "at least 1");
  }

  /** The nearest, by cosine. */
  public static NearestNeighbours defaults() {
    return new NearestNeighbours(Space.COSINE, 1);
  }

  @Override
  public String name() {
    return "knn";
  }

  @Override
  public double[][] scores(SupportSet support, Embeddings queries) {
    double[][] closeness = closeness(support.rows(), queries);
    int[] labels = support.labels();
    double[][] scores = new double[closeness.length][support.ways()];
    for (int q = 0; q < scores.length; q++) {
      double[] best = new double[support.ways()];
      for (int i = 0; i < labels.length; i++) {
        best[labels[i]] = Math.max(best[labels[i]], share(closeness[q][i]));
      }
      for (int nearest : nearest(closeness[q])) {
        scores[q][labels[nearest]]++;
      }
      Dense.add(scores[q], BELOW_ONE, best);
    }
    return scores;
  }

  /**
   * The mean of the neighbours' numbers.
   *
   * @param rows examples, {@code [count, dim]}
   * @param targets {@code [count][outputs]}
   * @return {@code [queries][outputs]}
   */
  public double[][] predict(Embeddings rows, double[][] targets, Embeddings queries) {
    if (targets.length != rows.count()) {
      throw new IllegalArgumentException(targets.length + " targets for " + rows.count() + " rows");
    }
    double[][] closeness = closeness(rows, queries);
    double[][] means = new double[closeness.length][targets[0].length];
    for (int q = 0; q < means.length; q++) {
      for (int nearest : nearest(closeness[q])) {
        Dense.add(means[q], 1.0 / neighbours, targets[nearest]);
      }
    }
    return means;
  }

  private double[][] closeness(Embeddings rows, Embeddings queries) {
    if (neighbours > rows.count()) {
      throw new OptionException(
          neighbours + " neighbours of " + rows.count() + " examples",
          "There are no more neighbours than examples",
          "Ask for fewer neighbours, or give more examples");
    }
    return space.closeness(space.points(queries), space.points(rows));
  }

  private int[] nearest(double[] closeness) {
    if (neighbours == 1) {
      int best = 0;
      for (int i = 1; i < closeness.length; i++) {
        best = closeness[i] > closeness[best] ? i : best;
      }
      return new int[] {best};
    }
    return IntStream.range(0, closeness.length)
        .boxed()
        .sorted((a, b) -> Double.compare(closeness[b], closeness[a])) // stable: the first of equals
        .mapToInt(Integer::intValue)
        .limit(neighbours)
        .toArray();
  }

  /** Closeness as a number from 0 to 1, in the same order. */
  private double share(double closeness) {
    return space == Space.COSINE
        ? Math.min(1, Math.max(0, (1 + closeness) / 2))
        : 1 / (1 + Math.sqrt(-closeness));
  }
}
