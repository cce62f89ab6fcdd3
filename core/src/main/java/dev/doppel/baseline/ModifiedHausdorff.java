package dev.doppel.baseline;

import dev.doppel.eval.Matcher;
import dev.doppel.image.Image;
import java.util.List;

/**
 * The modified Hausdorff distance (Dubuisson and Jain 1994) between inks centred on their means,
 * negated so that higher is closer: the baseline that comes with Omniglot (Lake et al. 2015).
 *
 * <p>The larger of the two directed means of nearest Euclidean distances. Exact: nearest points are
 * searched, not approximated. Thread-safe. Images may differ in size; none may be blank.
 */
public record ModifiedHausdorff() implements Matcher {

  @Override
  public String name() {
    return "modified-hausdorff";
  }

  @Override
  public Comparison over(List<Image> images) {
    List<InkPoints> points = images.parallelStream().map(InkPoints::new).toList();
    return (first, second) -> {
      InkPoints a = points.get(first);
      InkPoints b = points.get(second);
      return -Math.max(a.meanDistanceTo(b), b.meanDistanceTo(a));
    };
  }

  /**
   * The distance of two sets of points of any dimension, as they stand.
   *
   * @param a {@code [points, dim]}
   * @param b {@code [points, dim]}
   */
  public static double distance(double[][] a, double[][] b) {
    return Math.max(directed(a, b), directed(b, a));
  }

  /** The mean over {@code a} of the distance to the nearest of {@code b}. */
  static double directed(double[][] a, double[][] b) {
    if (a.length == 0 || b.length == 0) {
      throw new IllegalArgumentException(a.length + " points against " + b.length);
    }
    double sum = 0;
    for (double[] point : a) {
      double nearest = Double.POSITIVE_INFINITY;
      for (double[] other : b) {
        double square = 0;
        for (int i = 0; i < point.length; i++) {
          square += (point[i] - other[i]) * (point[i] - other[i]);
        }
        nearest = Math.min(nearest, square);
      }
      sum += Math.sqrt(nearest);
    }
    return sum / a.length;
  }

  /** The same points about their mean. */
  public static double[][] centred(double[][] points) {
    double[][] moved = new double[points.length][];
    for (int i = 0; i < points.length; i++) {
      moved[i] = points[i].clone();
      for (int axis = 0; axis < moved[i].length; axis++) {
        double sum = 0;
        for (double[] point : points) {
          sum += point[axis];
        }
        moved[i][axis] -= sum / points.length;
      }
    }
    return moved;
  }
}
