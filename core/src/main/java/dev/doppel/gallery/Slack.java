package dev.doppel.gallery;

/**
 * How far apart two scores of a scan may be whose order cannot be told: twice what each may be off.
 *
 * @param absolute whatever the score
 * @param relative as a share of it
 */
record Slack(double absolute, double relative) {

  /** What a sum of so many products in floats may be off, as a share of the products' sizes. */
  static double ofFloats(int dim) {
    return (dim + 4) * 0x1p-24;
  }

  /** The least score that may in truth reach this one. */
  double below(double score) {
    return score - absolute - relative * Math.abs(score);
  }
}
