package dev.doppel.baseline;

import java.util.Arrays;
import java.util.List;

/**
 * Bends one image's strokes onto another's, coarse to fine, by Gauss and Newton's steps. Not
 * thread-safe; one for each fit.
 */
final class ElasticFit {

  /** Holds in place what neither ink nor the cost of bending holds. */
  private static final double RIDGE = 1e-4;

  /** A step may make the energy larger by rounding. */
  private static final double ROUNDING = 1e-4;

  private final ControlGrid grid;
  private final double[] displacement;
  private final double[] before;
  private final double[] gradient;
  private final double[] step;
  private final BandMatrix hessian;

  /** {@code [STRIDE]}: what the other image shows where a pixel has moved. */
  private final float[] seen = new float[StrokeField.STRIDE];

  private final double[] slope = new double[2];
  private final double[] curvature = new double[3];

  /** Of the last look: the squared mismatch, and the energy of what was seen. */
  private double mismatch;

  private double seenEnergy;

  ElasticFit(ControlGrid grid) {
    this.grid = grid;
    displacement = new double[grid.unknowns()];
    before = new double[grid.unknowns()];
    gradient = new double[grid.unknowns()];
    step = new double[grid.unknowns()];
    hessian = new BandMatrix(grid.unknowns(), grid.band());
  }

  /**
   * How unlike two images remain: mismatch and {@code price} times the cost of bending, as a share
   * of what there is to see in both; 0 for equal images.
   *
   * @param still a field a level, the coarsest first
   * @param moving the other image's; it is sampled where the still one's pixels move to
   * @param stiffness what bending costs at each level
   * @param steps at each level
   * @param price what bending costs in the end, as a multiple of the last stiffness
   */
  double distance(
      List<StrokeField> still,
      List<StrokeField> moving,
      List<Double> stiffness,
      int steps,
      double price) {
    int last = still.size() - 1;
    for (int level = 0; level <= last; level++) {
      descend(still.get(level), moving.get(level), stiffness.get(level), steps);
    }
    look(still.get(last), moving.get(last), false);
    double bent = stiffness.get(last) * grid.cost(displacement);
    return (mismatch + price * bent) / (still.get(last).energy + seenEnergy);
  }

  private void descend(StrokeField still, StrokeField moving, double stiffness, int steps) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < steps; i++) {
      look(still, moving, true);
      double energy = mismatch + stiffness * grid.cost(displacement);
      if (energy > least * (1 + ROUNDING)) { // too far: half the step
        for (int k = 0; k < displacement.length; k++) {
          displacement[k] = (displacement[k] + before[k]) / 2;
        }
        continue;
      }
      least = energy;
      grid.addCost(stiffness, displacement, gradient, hessian);
      for (int k = 0; k < displacement.length; k++) {
        hessian.add(k, k, RIDGE);
      }
      hessian.solve(gradient, step);
      System.arraycopy(displacement, 0, before, 0, before.length);
      for (int k = 0; k < displacement.length; k++) {
        displacement[k] -= step[k];
      }
    }
  }

  /** Measures the mismatch, and makes the normal equations if {@code steps} are to follow. */
  private void look(StrokeField still, StrokeField moving, boolean steps) {
    mismatch = 0;
    seenEnergy = 0;
    if (steps) {
      Arrays.fill(gradient, 0);
      hessian.clear();
    }
    int side = still.side;
    double rim = side - 1.001;
    for (int pixel = 0; pixel < side * side; pixel++) {
      int row = pixel / side;
      double x = pixel - row * side + grid.move(pixel, displacement, 0);
      double y = row + grid.move(pixel, displacement, 1);
      x = Math.min(Math.max(x, 0), rim);
      y = Math.min(Math.max(y, 0), rim);
      int place = ((int) y) * side + (int) x;
      if (still.inked[pixel] || moving.near[place]) {
        sample(moving, place, (float) (x - (int) x), (float) (y - (int) y));
        compare(still.values, pixel * StrokeField.STRIDE);
        if (steps) {
          grid.addPixel(pixel, slope, curvature, gradient, hessian);
        }
      }
    }
  }

  private void sample(StrokeField field, int place, float right, float below) {
    int above = place * StrokeField.STRIDE;
    int under = above + field.side * StrokeField.STRIDE;
    float[] values = field.values;
    for (int k = 0; k < StrokeField.STRIDE; k++) {
      int next = k + StrokeField.STRIDE;
      float top = values[above + k] + right * (values[above + next] - values[above + k]);
      float bottom = values[under + k] + right * (values[under + next] - values[under + k]);
      seen[k] = top + below * (bottom - top);
    }
  }

  /** With the mean of both images' slopes, which converges faster than either's (Malis 2004). */
  private void compare(float[] still, int at) {
    double gx = 0;
    double gy = 0;
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int k = 0; k < BlurredStrokes.CHANNELS; k++) {
      double off = seen[k] - still[at + k];
      int alongX = k + BlurredStrokes.CHANNELS;
      int alongY = k + 2 * BlurredStrokes.CHANNELS;
      double x = (seen[alongX] + still[at + alongX]) / 2;
      double y = (seen[alongY] + still[at + alongY]) / 2;
      mismatch += off * off;
      seenEnergy += seen[k] * seen[k];
      gx += x * off;
      gy += y * off;
      xx += x * x;
      xy += x * y;
      yy += y * y;
    }
    slope[0] = gx;
    slope[1] = gy;
    curvature[0] = xx;
    curvature[1] = xy;
    curvature[2] = yy;
  }
}
