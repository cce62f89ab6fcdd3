package dev.doppel.loss;

/**
 * A loss over an episode, with the answers it is about.
 *
 * @param loss value, counts of queries, and the gradient by the queries
 * @param supportGradient by the support set, {@code [support, dim]}
 * @param classes labels of the support set, ascending
 * @param probabilities of each query for each of {@code classes}, {@code [queries][classes]}
 */
public record EpisodeResult(
    LossResult loss, float[] supportGradient, int[] classes, double[][] probabilities) {

  /** The most probable label of each query; of equally probable ones the lowest. */
  public int[] predictions() {
    int[] predictions = new int[probabilities.length];
    for (int i = 0; i < predictions.length; i++) {
      int best = 0;
      for (int c = 1; c < classes.length; c++) {
        if (probabilities[i][c] > probabilities[i][best]) {
          best = c;
        }
      }
      predictions[i] = classes[best];
    }
    return predictions;
  }
}
