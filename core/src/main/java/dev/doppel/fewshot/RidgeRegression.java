package dev.doppel.fewshot;

import dev.doppel.model.Embeddings;
import java.util.Arrays;

/**
 * Linear least squares with a penalty on the squares of the weights, the bias free (Hoerl and
 * Kennard 1970): minimises {@code Σ |W x + b − y|² + penalty · |W|²}.
 *
 * <p>The penalty is chosen by the error on each example when all others are learned from. That
 * needs no second fit: it is the residual divided by one minus the example's leverage.
 *
 * @param space how rows are looked at
 * @param penalty above 0, or 0 to choose it
 */
public record RidgeRegression(Space space, double penalty) {

  public RidgeRegression {
    Penalties.check(penalty);
  }

  /** Rows as they are, the penalty chosen. */
  public static RidgeRegression defaults() {
    return new RidgeRegression(Space.EUCLIDEAN, 0);
  }

  /**
   * Fits.
   *
   * @param rows {@code [count, dim]}, two or more
   * @param targets {@code [count][outputs]}
   * @return the model; its {@code heldOut} is the mean square error of leaving one out, summed over
   *     outputs
   */
  public LinearModel fit(Embeddings rows, double[][] targets) {
    if (targets.length != rows.count() || targets.length < 2) {
      throw new IllegalArgumentException(
          targets.length + " targets for " + rows.count() + " rows; two or more are needed");
    }
    int outputs = targets[0].length;
    CentredRows x = new CentredRows(space.points(rows), rows.dim());
    double[] mean = Dense.mean(targets, outputs);
    double[][] centred = new double[targets.length][];
    double[][] along = new double[outputs][x.rank()]; // Uᵀ y
    for (int i = 0; i < targets.length; i++) {
      centred[i] = targets[i].clone();
      Dense.add(centred[i], -1, mean);
      for (int o = 0; o < outputs; o++) {
        Dense.add(along[o], centred[i][o], x.left[i]);
      }
    }
    double best = penalty;
    double error = penalty > 0 ? leaveOneOut(x, centred, along, penalty) : Double.NaN;
    if (penalty == 0) {
      for (double tried : Penalties.tried(x.scale(), 2)) {
        double each = leaveOneOut(x, centred, along, tried);
        if (Double.isNaN(error) || each < error) {
          best = tried;
          error = each;
        }
      }
    }
    return model(x, mean, along, best, error);
  }

  private static double leaveOneOut(
      CentredRows x, double[][] targets, double[][] along, double penalty) {
    int count = targets.length;
    double[] shrink = new double[x.rank()];
    for (int r = 0; r < shrink.length; r++) {
      shrink[r] = x.squares[r] / (x.squares[r] + penalty);
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double[] shrunk = x.left[i].clone();
      double leverage = 1.0 / count;
      for (int r = 0; r < shrunk.length; r++) {
        shrunk[r] *= shrink[r];
        leverage += shrunk[r] * x.left[i][r];
      }
      for (int o = 0; o < along.length; o++) {
        double left = (targets[i][o] - Dense.dot(shrunk, along[o])) / (1 - leverage);
        sum += left * left;
      }
    }
    return sum / count;
  }

  private LinearModel model(
      CentredRows x, double[] mean, double[][] along, double chosen, double error) {
    double[][] weights = new double[along.length][];
    double[] bias = mean.clone();
    for (int o = 0; o < along.length; o++) {
      double[] byCoordinate = Arrays.copyOf(along[o], x.rank());
      for (int r = 0; r < byCoordinate.length; r++) {
        byCoordinate[r] *= Math.sqrt(x.squares[r]) / (x.squares[r] + chosen);
      }
      weights[o] = x.unfolded(byCoordinate);
      bias[o] -= Dense.dot(weights[o], x.mean);
    }
    return new LinearModel(space, weights, bias, chosen, error);
  }
}
