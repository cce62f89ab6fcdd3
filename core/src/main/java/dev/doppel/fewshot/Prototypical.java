package dev.doppel.fewshot;

import dev.doppel.error.OptionException;
import dev.doppel.model.Embeddings;

/**
 * Closeness to the mean of each class's examples (Snell, Swersky and Zemel 2017); with one example
 * the nearest neighbour.
 *
 * <p>Both further settings are transductive, and off by default: {@code refinements} moves each
 * prototype towards the queries that seem to be of its class, by soft k-means (Ren et al. 2018);
 * {@code centred} takes the mean of the examples from the examples and that of the queries from the
 * queries, which is fair only where queries show all classes equally often.
 *
 * @param space what is close; the paper's is Euclidean
 * @param refinements steps of soft k-means, 0 for none
 * @param sharpness what closeness is multiplied by before the softmax that shares a query out; 1 in
 *     the paper, where the scale of embeddings is learned
 * @param centred whether examples and queries are each moved to have their mean at 0
 */
public record Prototypical(Space space, int refinements, double sharpness, boolean centred)
    implements FewShotMethod {

  public Prototypical {
    OptionException.require(refinements >= 0, "refinements", refinements, "0 or more");
    OptionException.require(sharpness > 0, "sharpness", sharpness, "above 0");
  }

  /** The paper's: Euclidean, one query at a time. */
  public static Prototypical paper() {
    return new Prototypical(Space.EUCLIDEAN, 0, 10, false);
  }

  @Override
  public String name() {
    return "prototypical";
  }

  @Override
  public boolean transductive() {
    return refinements > 0 || centred;
  }

  @Override
  public double[][] scores(SupportSet support, Embeddings queries) {
    double[][] examples = space.points(support.rows());
    double[][] asked = space.points(queries);
    if (centred) {
      centre(examples, support.rows().dim());
      centre(asked, queries.dim());
    }
    double[][] shares = new double[examples.length][support.ways()];
    int[] labels = support.labels();
    for (int i = 0; i < labels.length; i++) {
      shares[i][labels[i]] = 1;
    }
    double[][] prototypes = means(support, examples, shares, new double[0][], new double[0][]);
    double[][] scores = space.closeness(asked, prototypes);
    for (int step = 0; step < refinements; step++) {
      prototypes = means(support, examples, shares, asked, shared(scores));
      scores = space.closeness(asked, prototypes);
    }
    return scores;
  }

  private void centre(double[][] points, int dim) {
    double[] mean = Dense.mean(points, dim);
    for (double[] point : points) {
      Dense.add(point, -1, mean);
      space.settle(point);
    }
  }

  /** The softmax of each query over the classes. */
  private double[][] shared(double[][] scores) {
    double[][] shares = new double[scores.length][];
    for (int q = 0; q < scores.length; q++) {
      double[] logits = scores[q].clone();
      Dense.scale(logits, sharpness);
      double total = Dense.logSumExp(logits);
      for (int c = 0; c < logits.length; c++) {
        logits[c] = Math.exp(logits[c] - total);
      }
      shares[q] = logits;
    }
    return shares;
  }

  /** The mean of each class: its examples whole, each query by its share. */
  private double[][] means(
      SupportSet support,
      double[][] examples,
      double[][] ofExamples,
      double[][] queries,
      double[][] ofQueries) {
    double[][] means = new double[support.ways()][support.rows().dim()];
    double[] weights = new double[support.ways()];
    gather(examples, ofExamples, means, weights);
    gather(queries, ofQueries, means, weights);
    for (int c = 0; c < means.length; c++) {
      Dense.scale(means[c], 1 / weights[c]);
      space.settle(means[c]);
    }
    return means;
  }

  private static void gather(
      double[][] points, double[][] shares, double[][] sums, double[] weights) {
    for (int i = 0; i < points.length; i++) {
      for (int c = 0; c < sums.length; c++) {
        if (shares[i][c] > 0) {
          Dense.add(sums[c], shares[i][c], points[i]);
          weights[c] += shares[i][c];
        }
      }
    }
  }
}
