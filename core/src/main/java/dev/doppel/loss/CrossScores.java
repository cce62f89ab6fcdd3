package dev.doppel.loss;

import dev.doppel.model.Embeddings;

/**
 * Every row of one matrix measured against every row of another (proxies, prototypes, a support
 * set), and the way back to the gradients of both.
 */
final class CrossScores {

  /** {@code [left][right]}. */
  final float[][] score;

  /** {@code [left][right]}, the loss's derivative by each score; zeros to begin with. */
  final float[][] slope;

  private final Measure measure;
  private final Points points;
  private final int left;
  private final int right;

  CrossScores(Measure measure, Embeddings left, Embeddings right) {
    this.measure = measure;
    this.left = left.count();
    this.right = right.count();
    this.points = new Points(measure, left, right);
    this.score = new float[this.left][this.right];
    this.slope = new float[this.left][this.right];
    float[] squares = points.squares();
    float[][] columns = points.columns(this.left, points.count);
    Blocks.each(
        this.left,
        (from, to) -> {
          if (measure == Distance.MANHATTAN) {
            Product.addDifferences(
                points.rows, columns, score, points.dim, from, to, 0, this.right);
          } else {
            Product.add(points.rows, columns, score, points.dim, from, to, 0, this.right);
          }
          for (int i = from; i < to; i++) {
            Points.measured(measure, score[i], squares[i], squares, this.left, 0, this.right);
          }
        });
  }

  /** Both gradients; the slopes are used up. */
  Gradients gradients(double scale) {
    float[] byLeft = new float[left * points.dim];
    float[] byRight = new float[right * points.dim];
    for (int i = 0; i < left; i++) {
      for (int j = 0; j < right; j++) {
        slope[i][j] *= Points.slopeOf(measure, score[i][j]);
      }
    }
    if (measure == Distance.MANHATTAN) {
      byDifferences(scale, byLeft, byRight);
      return new Gradients(byLeft, byRight);
    }
    float[][] turned = new float[right][left];
    for (int i = 0; i < left; i++) {
      for (int j = 0; j < right; j++) {
        turned[j][i] = slope[i][j];
      }
    }
    back(points.columns(left, points.count), turned, 0, slope, scale, byLeft);
    back(points.columns(0, left), slope, left, turned, scale, byRight);
    return new Gradients(byLeft, byRight);
  }

  /**
   * The gradient of one side.
   *
   * @param others columns of the other side
   * @param slopes {@code [other][own]}
   * @param first own first row
   * @param own {@code [own][other]}
   */
  private void back(
      float[][] others,
      float[][] slopes,
      int first,
      float[][] own,
      double scale,
      float[] gradient) {
    float[][] sum = new float[points.dim][own.length];
    Blocks.each(
        points.dim,
        Blocks.SIZE / 2,
        (from, to) -> Product.add(others, slopes, sum, slopes.length, from, to, 0, own.length));
    for (int i = 0; i < own.length; i++) {
      double total = 0;
      for (float s : own[i]) {
        total += s;
      }
      points.finish(first + i, sum, i, total, scale, gradient, i * points.dim);
    }
  }

  private void byDifferences(double scale, float[] byLeft, float[] byRight) {
    for (int i = 0; i < left; i++) {
      for (int j = 0; j < right; j++) {
        for (int k = 0; k < points.dim; k++) {
          double sign = Math.signum(points.rows[i][k] - points.rows[left + j][k]);
          byLeft[i * points.dim + k] += (float) (scale * slope[i][j] * sign);
          byRight[j * points.dim + k] -= (float) (scale * slope[i][j] * sign);
        }
      }
    }
  }

  /**
   * What {@link #gradients} gives.
   *
   * @param left {@code [left, dim]}
   * @param right {@code [right, dim]}
   */
  record Gradients(float[] left, float[] right) {}
}
