package dev.doppel.fewshot;

import java.util.Arrays;

/** The weights of a multinomial logistic regression on their way to the one minimum there is. */
final class SoftmaxFit {

  private final double[][] rows;
  private final int[] labels;
  private final int ways;
  private final int width;

  /** Length of the slope where all weights are 0: what is flat is measured by it. */
  private final double steepness;

  /** Of each class the weights and the bias, {@code [ways · (width + 1)]}. */
  private double[] at;

  SoftmaxFit(double[][] rows, int[] labels, int ways, int width) {
    this.rows = rows;
    this.labels = labels;
    this.ways = ways;
    this.width = width;
    this.at = new double[ways * (width + 1)];
    double[] slope = new double[at.length];
    value(at, slope, 0);
    this.steepness = Math.sqrt(Dense.dot(slope, slope));
  }

  /**
   * Goes to the minimum from where it stands.
   *
   * @param share of the slope at 0 that may be left
   */
  void descend(double penalty, double share) {
    at = QuasiNewton.minimum((point, slope) -> value(point, slope, penalty), at, share * steepness);
  }

  /** The cross-entropy of one row. */
  double loss(double[] row, int label) {
    double[] logits = new double[ways];
    logits(at, row, logits);
    return Dense.logSumExp(logits) - logits[label];
  }

  double[] weights(int way) {
    int from = way * (width + 1);
    return Arrays.copyOfRange(at, from, from + width);
  }

  double bias(int way) {
    return at[way * (width + 1) + width];
  }

  private void logits(double[] point, double[] row, double[] logits) {
    for (int way = 0; way < ways; way++) {
      int from = way * (width + 1);
      double sum = point[from + width];
      for (int k = 0; k < width; k++) {
        sum += point[from + k] * row[k];
      }
      logits[way] = sum;
    }
  }

  private double value(double[] point, double[] slope, double penalty) {
    double value = 0;
    for (int way = 0; way < ways; way++) {
      int from = way * (width + 1);
      for (int k = from; k < from + width; k++) {
        value += penalty / 2 * point[k] * point[k];
        slope[k] = penalty * point[k];
      }
      slope[from + width] = 0;
    }
    double[] logits = new double[ways];
    for (int i = 0; i < rows.length; i++) {
      logits(point, rows[i], logits);
      double total = Dense.logSumExp(logits);
      value += total - logits[labels[i]];
      for (int way = 0; way < ways; way++) {
        double push = Math.exp(logits[way] - total) - (way == labels[i] ? 1 : 0);
        int from = way * (width + 1);
        for (int k = 0; k < width; k++) {
          slope[from + k] += push * rows[i][k];
        }
        slope[from + width] += push;
      }
    }
    return value;
  }
}
