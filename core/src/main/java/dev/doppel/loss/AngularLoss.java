package dev.doppel.loss;

import dev.doppel.error.OptionException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The angular loss of a batch (Wang et al. 2017): over ordered pairs (a, p) of one class the mean
 * of {@code log(1 + Σₙ exp(4t (a + p)·n − 2(1 + t) a·p))}, {@code t = tan²α}, n all items of other
 * classes.
 *
 * <p>Meant for the unit sphere: see {@link #onUnitSphere}. {@code exp(4t (a + p)·n)} is a product
 * of what a and what p have with n, so there are as many exponentials as pairs, not triplets.
 *
 * @param alpha α in degrees; 36 to 55 are in use
 * @param reduction over ordered pairs
 */
public record AngularLoss(double alpha, Reduction reduction) implements BatchLoss {

  /** Sums below this may have lost their largest term, and are taken anew. */
  private static final double UNDERFLOW = 1e-250;

  public AngularLoss {
    OptionException.require(alpha > 0 && alpha < 90, "loss.alpha", alpha, "between 0 and 90");
  }

  /** The mean over pairs. */
  public static AngularLoss withAlpha(double degrees) {
    return new AngularLoss(degrees, Reduction.MEAN);
  }

  @Override
  public String name() {
    return "angular";
  }

  @Override
  public Measure measure() {
    return Similarity.DOT;
  }

  @Override
  public LossResult of(LabelledBatch batch, WhenEmpty whenEmpty) {
    Refusals.undefinedRows(name(), "a batch", batch.embeddings());
    LabelledBatch none = LabelledBatch.none(batch.embeddings().dim());
    Scores scores = new Scores(measure(), batch.embeddings(), none.embeddings());
    Classes classes = new Classes(batch.labels(), none.labels());
    double t = AngularTripletLoss.tanSquared(alpha);
    double square = meanSquare(batch);
    Tally[] parts = new Tally[classes.members.length];
    IntStream.range(0, parts.length)
        .parallel()
        .forEach(c -> parts[c] = new ClassSum(scores, classes, c, t).sum(square));
    Tally tally = new Tally();
    Arrays.stream(parts).forEach(tally::add);
    float[] gradient = scores.gradient(1.0 / tally.divisor(reduction));
    return tally.result(reduction, gradient).checked(name(), whenEmpty);
  }

  private static double meanSquare(LabelledBatch batch) {
    double sum = 0;
    for (float x : batch.embeddings().values()) {
      sum += (double) x * x;
    }
    return sum / Math.max(1, batch.count());
  }

  /** The pairs of one class. */
  private static final class ClassSum {

    private final Scores scores;
    private final int[] own;
    private final int[] others;
    private final double t;

    /** {@code exp(4t a·n − most)} of each own item a and other item n. */
    private final double[][] shares;

    /** The largest {@code 4t a·n} of each own item. */
    private final double[] most;

    /** The loss's derivative by {@code a·n}. */
    private final double[][] pushes;

    ClassSum(Scores scores, Classes classes, int number, double t) {
      this.scores = scores;
      this.own = classes.members[number];
      this.others =
          IntStream.range(0, classes.count()).filter(n -> classes.of[n] != number).toArray();
      this.t = t;
      boolean empty = own.length < 2 || others.length == 0;
      this.shares = new double[empty ? 0 : own.length][others.length];
      this.pushes = new double[shares.length][others.length];
      this.most = new double[shares.length];
    }

    Tally sum(double meanSquare) {
      Tally tally = new Tally();
      if (shares.length == 0) {
        return tally;
      }
      for (int i = 0; i < own.length; i++) {
        share(i);
      }
      for (int i = 0; i < own.length; i++) {
        for (int j = i + 1; j < own.length; j++) {
          pair(i, j, tally);
        }
      }
      for (int i = 0; i < own.length; i++) {
        float[] slope = scores.slope[own[i]];
        for (int n = 0; n < others.length; n++) {
          slope[others[n]] = (float) pushes[i][n];
        }
      }
      long pairs = (long) own.length * (own.length - 1);
      tally.possible = pairs;
      tally.atCollapse =
          pairs * Exponentials.softplus(Math.log(others.length) + (6 * t - 2) * meanSquare);
      return tally;
    }

    private void share(int i) {
      float[] score = scores.score[own[i]];
      double highest = Double.NEGATIVE_INFINITY;
      for (int n : others) {
        highest = Math.max(highest, 4 * t * score[n]);
      }
      most[i] = highest;
      for (int n = 0; n < others.length; n++) {
        shares[i][n] = Math.exp(4 * t * score[others[n]] - highest);
      }
    }

    /** Both orders of a pair, which cost the same. */
    private void pair(int i, int j, Tally tally) {
      double close = scores.score[own[i]][own[j]];
      double total = dot(shares[i], shares[j]);
      double shift = most[i] + most[j];
      boolean lost = total < UNDERFLOW;
      if (lost) {
        shift = highest(i, j);
        total = totalAnew(i, j, shift);
      }
      double log = shift + Math.log(total) - 2 * (1 + t) * close;
      double share = Exponentials.sigmoid(log);
      double term = Exponentials.softplus(log);
      tally.tuples(2 * term, 2, term > 0 ? 2 : 0);
      scores.slope[own[i]][own[j]] = (float) (-4 * (1 + t) * share);
      double each = 8 * t * share / total;
      if (lost) {
        pushAnew(i, j, shift, each);
      } else {
        push(shares[i], shares[j], each, pushes[i], pushes[j]);
      }
    }

    private static double dot(double[] a, double[] b) {
      double s0 = 0;
      double s1 = 0;
      double s2 = 0;
      double s3 = 0;
      int n = 0;
      for (; n + 4 <= a.length; n += 4) {
        s0 += a[n] * b[n];
        s1 += a[n + 1] * b[n + 1];
        s2 += a[n + 2] * b[n + 2];
        s3 += a[n + 3] * b[n + 3];
      }
      for (; n < a.length; n++) {
        s0 += a[n] * b[n];
      }
      return (s0 + s1) + (s2 + s3);
    }

    private static void push(double[] a, double[] b, double each, double[] byA, double[] byB) {
      for (int n = 0; n < a.length; n++) {
        double share = a[n] * b[n] * each;
        byA[n] += share;
        byB[n] += share;
      }
    }

    private double exponent(int i, int j, int n) {
      return 4 * t * ((double) scores.score[own[i]][others[n]] + scores.score[own[j]][others[n]]);
    }

    private double highest(int i, int j) {
      double highest = Double.NEGATIVE_INFINITY;
      for (int n = 0; n < others.length; n++) {
        highest = Math.max(highest, exponent(i, j, n));
      }
      return highest;
    }

    private double totalAnew(int i, int j, double shift) {
      double total = 0;
      for (int n = 0; n < others.length; n++) {
        total += Exponentials.share(exponent(i, j, n) - shift);
      }
      return total;
    }

    private void pushAnew(int i, int j, double shift, double each) {
      for (int n = 0; n < others.length; n++) {
        double share = Exponentials.share(exponent(i, j, n) - shift) * each;
        pushes[i][n] += share;
        pushes[j][n] += share;
      }
    }
  }
}
