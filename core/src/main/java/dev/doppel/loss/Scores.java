package dev.doppel.loss;

import dev.doppel.model.Embeddings;
import dev.doppel.random.Seed;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Every row of a batch measured against every row of it and of a memory, and the way back: from the
 * slope of a loss by each of these scores to its gradient by the embeddings.
 *
 * <p>Holds two matrices of {@code [anchors, all]} floats. The products of the way there are made
 * for one triangle only; those of the way back are left out where few slopes differ from 0, as
 * after hard mining.
 */
final class Scores {

  /** Below this share of slopes other than 0, they are walked one by one. */
  private static final int SPARSE = 16;

  /** What is done with the scores of one anchor. */
  interface Term {

    /**
     * Adds to the tally, and writes into {@code slope} the derivative by each score.
     *
     * @param of the anchor with its positives and negatives
     * @param score of the anchor against all rows
     * @param slope zeros, the same length
     */
    void add(Neighbourhood of, float[] score, float[] slope, Tally tally);
  }

  final Measure measure;

  /** Rows of the batch. */
  final int anchors;

  /** Rows of the batch and of the memory. */
  final int all;

  /** {@code [anchors][all]}; an anchor's score against itself is not to be used. */
  final float[][] score;

  /** {@code [anchors][all]}, the loss's derivative by each score; zeros to begin with. */
  final float[][] slope;

  private final Points points;
  private final float[][] columns;

  Scores(Measure measure, Embeddings batch, Embeddings memory) {
    this.measure = measure;
    this.points = new Points(measure, batch, memory);
    this.anchors = batch.count();
    this.all = points.count;
    this.columns = points.columns(0, all);
    this.score = new float[anchors][all];
    this.slope = new float[anchors][all];
    float[] squares = points.squares();
    Blocks.each(anchors, (from, to) -> measureFrom(from, to, squares));
    Blocks.each(anchors, this::mirror);
  }

  int dim() {
    return points.dim;
  }

  private void measureFrom(int from, int to, float[] squares) {
    if (measure == Distance.MANHATTAN) {
      Product.addDifferences(points.rows, columns, score, points.dim, from, to, from, all);
    } else {
      Product.add(points.rows, columns, score, points.dim, from, to, from, all);
    }
    for (int i = from; i < to; i++) {
      Points.measured(measure, score[i], squares[i], squares, 0, from, all);
    }
  }

  /** Copies what stands right of a block to below it. */
  private void mirror(int from, int to) {
    for (int j = to; j < anchors; j++) {
      for (int i = from; i < to; i++) {
        score[j][i] = score[i][j];
      }
    }
  }

  /** The square of the Euclidean distance of any two rows. */
  double squared(int one, int other) {
    int row = one < anchors ? one : other;
    int column = one < anchors ? other : one;
    if (row < anchors && measure == Distance.SQUARED_EUCLIDEAN) {
      return score[row][column];
    }
    if (row < anchors && measure == Distance.EUCLIDEAN) {
      return (double) score[row][column] * score[row][column];
    }
    return Distance.SQUARED_EUCLIDEAN.of(points.rows[one], points.rows[other]);
  }

  /** Adds up the terms of all anchors. */
  Tally sum(Classes classes, Seed seed, Term term) {
    return sum(classes, seed, () -> term);
  }

  /** The same for terms that need room of their own to work in. */
  Tally sum(Classes classes, Seed seed, Supplier<Term> terms) {
    Tally[] parts = new Tally[Blocks.of(anchors)];
    Blocks.each(
        anchors,
        (from, to) -> {
          Tally part = new Tally();
          Term term = terms.get();
          Neighbourhood of = new Neighbourhood(this, classes, seed);
          for (int anchor = from; anchor < to; anchor++) {
            of.move(anchor);
            term.add(of, score[anchor], slope[anchor], part);
          }
          parts[from / Blocks.SIZE] = part;
        });
    Tally sum = new Tally();
    Arrays.stream(parts).forEach(sum::add);
    return sum;
  }

  /**
   * The gradient by the batch's embeddings, {@code [anchors, dim]}; the slopes are used up.
   *
   * @param scale by which every slope is multiplied
   */
  float[] gradient(double scale) {
    int[] filled = new int[anchors];
    Blocks.each(anchors, this::bothWays);
    Blocks.each(
        anchors,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            for (float s : slope[i]) {
              filled[i] += s == 0 ? 0 : 1;
            }
          }
        });
    long nonzero = Arrays.stream(filled).asLongStream().sum();
    float[] gradient = new float[anchors * points.dim];
    if (nonzero * SPARSE < (long) anchors * all) {
      Blocks.each(anchors, (from, to) -> oneByOne(from, to, scale, gradient));
    } else {
      byProduct(scale, gradient);
    }
    return gradient;
  }

  /** Makes slopes symmetric, as score (i, j) moves with both of its points. */
  private void bothWays(int from, int to) {
    for (int i = from; i < to; i++) {
      slope[i][i] = 0;
      for (int j = i + 1; j < Math.min(to, anchors); j++) {
        float both = (slope[i][j] + slope[j][i]) * Points.slopeOf(measure, score[i][j]);
        slope[i][j] = both;
        slope[j][i] = both;
      }
    }
    for (int j = to; j < anchors; j++) {
      float[] below = slope[j];
      float[] scores = score[j];
      for (int i = from; i < to; i++) {
        float both = (slope[i][j] + below[i]) * Points.slopeOf(measure, scores[i]);
        slope[i][j] = both;
        below[i] = both;
      }
    }
    for (int i = from; i < to; i++) {
      for (int j = anchors; j < all; j++) {
        slope[i][j] *= Points.slopeOf(measure, score[i][j]);
      }
    }
  }

  private void oneByOne(int from, int to, double scale, float[] gradient) {
    int dim = points.dim;
    double[] sum = new double[dim];
    for (int i = from; i < to; i++) {
      Arrays.fill(sum, 0);
      float[] own = points.rows[i];
      for (int j = 0; j < all; j++) {
        float s = slope[i][j];
        if (s != 0) {
          along(s, own, points.rows[j], sum);
        }
      }
      for (int k = 0; k < dim; k++) {
        gradient[i * dim + k] = (float) (scale * sum[k]);
      }
      points.backThroughLength(i, gradient, i * dim);
    }
  }

  private void along(float s, float[] own, float[] other, double[] sum) {
    if (measure == Distance.MANHATTAN) {
      for (int k = 0; k < sum.length; k++) {
        sum[k] += s * Math.signum(own[k] - other[k]);
      }
    } else if (measure instanceof Distance) {
      for (int k = 0; k < sum.length; k++) {
        sum[k] += s * (own[k] - other[k]);
      }
    } else {
      for (int k = 0; k < sum.length; k++) {
        sum[k] += s * other[k];
      }
    }
  }

  private void byProduct(double scale, float[] gradient) {
    int dim = points.dim;
    float[][] right = Arrays.copyOf(slope, all);
    for (int j = anchors; j < all; j++) {
      right[j] = new float[anchors];
      for (int i = 0; i < anchors; i++) {
        right[j][i] = slope[i][j];
      }
    }
    float[][] sum = new float[dim][anchors];
    Blocks.each(
        dim,
        Blocks.SIZE / 2,
        (from, to) -> {
          if (measure == Distance.MANHATTAN) {
            Product.addSigns(columns, right, sum, all, from, to, 0, anchors);
          } else {
            Product.add(columns, right, sum, all, from, to, 0, anchors);
          }
        });
    Blocks.each(
        anchors,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            double total = 0;
            for (float s : slope[i]) {
              total += s;
            }
            points.finish(i, sum, i, total, scale, gradient, i * dim);
          }
        });
  }
}
