package dev.doppel.baseline;

/**
 * Where the pixels of a square plane move when control points on a square lattice move: bilinear in
 * between. Bending and stretching the lattice costs; moving all of it does not.
 *
 * <p>A displacement is {@code [2 · points²]}, x and y of each control point in pixels, row by row.
 * Immutable and thread-safe.
 */
final class ControlGrid {

  private final int points;
  private final int nodes;

  /** {@code [side²]}: the control point above and to the left of each pixel. */
  private final int[] corners;

  /** {@code [side²][4]}: how much each corner of its cell moves a pixel. */
  private final double[] shares;

  /** {@code [nodes][2 · points + 1]}: the cost's matrix between a node and those before it. */
  private final double[] cost;

  /**
   * @param side pixels of the plane
   * @param points control points along a side, at least 3
   * @param stretch what first differences cost beside second ones
   */
  ControlGrid(int side, int points, double stretch) {
    this.points = points;
    this.nodes = points * points;
    this.corners = new int[side * side];
    this.shares = new double[4 * side * side];
    this.cost = new double[nodes * (2 * points + 1)];
    double spacing = (side - 1.0) / (points - 1);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        place(y * side + x, x / spacing, y / spacing);
      }
    }
    charge(1 / (spacing * spacing), stretch / (spacing * spacing));
  }

  private void place(int pixel, double x, double y) {
    int left = Math.min((int) x, points - 2);
    int above = Math.min((int) y, points - 2);
    double right = x - left;
    double below = y - above;
    corners[pixel] = above * points + left;
    shares[4 * pixel] = (1 - right) * (1 - below);
    shares[4 * pixel + 1] = right * (1 - below);
    shares[4 * pixel + 2] = (1 - right) * below;
    shares[4 * pixel + 3] = right * below;
  }

  /** Thin plates' energy (Bookstein 1989) in finite differences, and that of first differences. */
  private void charge(double bend, double stretch) {
    int down = points;
    for (int node = 0; node < nodes; node++) {
      boolean left = node % points > 0;
      boolean right = node % points < points - 1;
      boolean above = node >= points;
      boolean below = node < nodes - points;
      if (left && right) {
        charge(bend, new int[] {node - 1, node, node + 1}, 1, -2, 1);
      }
      if (above && below) {
        charge(bend, new int[] {node - down, node, node + down}, 1, -2, 1);
      }
      if (right && below) {
        charge(2 * bend, new int[] {node, node + 1, node + down, node + down + 1}, 1, -1, -1, 1);
      }
      if (right) {
        charge(stretch, new int[] {node, node + 1}, -1, 1);
      }
      if (below) {
        charge(stretch, new int[] {node, node + down}, -1, 1);
      }
    }
  }

  /** Charges the square of a weighted sum of displacements; nodes in ascending order. */
  private void charge(double price, int[] at, double... weights) {
    for (int i = 0; i < at.length; i++) {
      for (int j = 0; j <= i; j++) {
        cost[at[i] * (2 * points + 1) + at[i] - at[j]] += price * weights[i] * weights[j];
      }
    }
  }

  /** Numbers in a displacement. */
  int unknowns() {
    return 2 * nodes;
  }

  /** How far apart unknowns that depend on each other lie. */
  int band() {
    return 4 * points + 1;
  }

  /** How far a pixel moves along an axis, 0 for x and 1 for y. */
  double move(int pixel, double[] displacement, int axis) {
    int first = 2 * corners[pixel] + axis;
    int second = first + 2 * points;
    return shares[4 * pixel] * displacement[first]
        + shares[4 * pixel + 1] * displacement[first + 2]
        + shares[4 * pixel + 2] * displacement[second]
        + shares[4 * pixel + 3] * displacement[second + 2];
  }

  /**
   * Adds what one pixel says to the normal equations.
   *
   * @param slope {gx, gy}, by which the pixel's move changes half the squared mismatch
   * @param curvature {xx, xy, yy}, Gauss and Newton's second derivatives
   */
  void addPixel(
      int pixel, double[] slope, double[] curvature, double[] gradient, BandMatrix hessian) {
    int corner = corners[pixel];
    for (int i = 0; i < 4; i++) {
      double share = shares[4 * pixel + i];
      if (share == 0) {
        continue;
      }
      int x = 2 * (corner + (i & 1) + (i >> 1) * points);
      gradient[x] += share * slope[0];
      gradient[x + 1] += share * slope[1];
      for (int j = 0; j <= i; j++) {
        double both = share * shares[4 * pixel + j];
        int otherX = 2 * (corner + (j & 1) + (j >> 1) * points);
        hessian.add(x, otherX, both * curvature[0]);
        hessian.add(x + 1, otherX, both * curvature[1]);
        hessian.add(x + 1, otherX + 1, both * curvature[2]);
        if (j < i) {
          hessian.add(x, otherX + 1, both * curvature[1]);
        }
      }
    }
  }

  /** What a displacement costs. */
  double cost(double[] displacement) {
    double sum = 0;
    for (int node = 0; node < nodes; node++) {
      for (int back = 0; back <= Math.min(node, 2 * points); back++) {
        int other = node - back;
        double times = back == 0 ? 1 : 2;
        sum +=
            times
                * cost[node * (2 * points + 1) + back]
                * (displacement[2 * node] * displacement[2 * other]
                    + displacement[2 * node + 1] * displacement[2 * other + 1]);
      }
    }
    return sum;
  }

  /** Adds the cost's share, times its weight, to the normal equations. */
  void addCost(double weight, double[] displacement, double[] gradient, BandMatrix hessian) {
    for (int node = 0; node < nodes; node++) {
      for (int back = 0; back <= Math.min(node, 2 * points); back++) {
        double price = weight * cost[node * (2 * points + 1) + back];
        if (price == 0) {
          continue;
        }
        for (int axis = 0; axis < 2; axis++) {
          int here = 2 * node + axis;
          int there = here - 2 * back;
          hessian.add(here, there, price);
          gradient[here] += price * displacement[there];
          if (back > 0) {
            gradient[there] += price * displacement[here];
          }
        }
      }
    }
  }
}
