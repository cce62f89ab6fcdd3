package dev.doppel.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.Property;
import dev.doppel.random.Draws;
import org.junit.jupiter.api.Test;

class ControlGridTest {

  private static final int SIDE = 11;
  private static final int POINTS = 3;

  /** A move of x by a + b·x + c·y, in pixels, and none of y. */
  private static double[] affine(double a, double b, double c) {
    double[] displacement = new double[2 * POINTS * POINTS];
    for (int node = 0; node < POINTS * POINTS; node++) {
      int row = node / POINTS;
      int column = node % POINTS;
      displacement[2 * node] = a + b * 5 * column + c * 5 * row;
    }
    return displacement;
  }

  @Test
  void pixelsMoveAsTheirControlPointsDo() {
    ControlGrid grid = new ControlGrid(SIDE, POINTS, 0);
    double[] displacement = affine(2, 0.5, -0.25);
    for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
      int row = pixel / SIDE;
      int column = pixel % SIDE;
      assertThat(grid.move(pixel, displacement, 0))
          .isCloseTo(2 + 0.5 * column - 0.25 * row, within(1e-12));
      assertThat(grid.move(pixel, displacement, 1)).isZero();
    }
  }

  @Test
  void affineMovesAreNotBentAndShiftsNotStretched() {
    assertThat(new ControlGrid(SIDE, POINTS, 0).cost(affine(2, 0.5, -0.25)))
        .isCloseTo(0, within(1e-12));
    ControlGrid stretched = new ControlGrid(SIDE, POINTS, 0.1);
    assertThat(stretched.cost(affine(2, 0, 0))).isCloseTo(0, within(1e-12));
    // Six differences of 5 b, over the spacing: 0.1 · 6 · b².
    assertThat(stretched.cost(affine(2, 0.5, 0))).isCloseTo(0.15, within(1e-12));
  }

  @Test
  void theNormalEquationsHoldTheSlopeOfWhatIsCharged() {
    Property.holds(
        20,
        seed -> {
          Draws draws = seed.draws();
          ControlGrid grid = new ControlGrid(SIDE, POINTS, 0.3);
          double[] displacement = new double[grid.unknowns()];
          for (int i = 0; i < displacement.length; i++) {
            displacement[i] = draws.unit() - 0.5;
          }
          double[] gradient = new double[grid.unknowns()];
          BandMatrix hessian = new BandMatrix(grid.unknowns(), grid.band());
          grid.addCost(2, displacement, gradient, hessian);
          grid.addPixel(37, new double[] {0, 0}, new double[] {1, 0.2, 3}, gradient, hessian);
          for (int i = 0; i < displacement.length; i++) {
            hessian.add(i, i, 0.5);
          }
          int unknown = draws.below(displacement.length);
          double[] nudged = displacement.clone();
          nudged[unknown] += 1e-4;
          double[] back = displacement.clone();
          back[unknown] -= 1e-4;

          // The cost is quadratic: half its slope is what is added, times the weight.
          assertThat(gradient[unknown])
              .isCloseTo((grid.cost(nudged) - grid.cost(back)) / 2e-4, within(1e-8));
          double[] x = new double[displacement.length];
          hessian.solve(gradient, x);
          assertThat(charged(grid, x)[unknown]).isCloseTo(gradient[unknown], within(1e-9));
        });
  }

  /** The same matrix times x, by its parts. */
  private static double[] charged(ControlGrid grid, double[] x) {
    double[] sum = new double[x.length];
    BandMatrix unused = new BandMatrix(grid.unknowns(), grid.band());
    grid.addCost(2, x, sum, unused);
    double moveX = grid.move(37, x, 0);
    double moveY = grid.move(37, x, 1);
    double[] slope = {moveX + 0.2 * moveY, 0.2 * moveX + 3 * moveY};
    grid.addPixel(37, slope, new double[3], sum, unused);
    for (int i = 0; i < x.length; i++) {
      sum[i] += 0.5 * x[i];
    }
    return sum;
  }
}
