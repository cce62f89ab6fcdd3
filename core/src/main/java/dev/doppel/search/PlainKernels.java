package dev.doppel.search;

import java.util.Arrays;

/**
 * Kernels as plain loops.
 *
 * <p>Compilers vectorise a loop over several arrays only if each is used at the loop's own index;
 * so the numbers of a panel are copied, eight of each row at a time, to arrays of their own.
 */
final class PlainKernels implements Kernels {

  static final PlainKernels INSTANCE = new PlainKernels();

  private static final int COLUMNS = 8;

  private PlainKernels() {}

  @Override
  public String name() {
    return "plain loops";
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public Kernel kernel(Metric metric, int dim) {
    if (metric instanceof Metric.WeightedL1 l1) {
      return new WeightedL1(dim, l1.weights());
    }
    return metric instanceof Metric.Euclidean ? new Euclidean(dim) : new InnerProduct(dim);
  }

  private abstract static class Plain implements Kernel {

    final int dim;

    Plain(int dim) {
      this.dim = dim;
    }

    /**
     * Adds eight terms to the sum of each row.
     *
     * @param x {@code [8, ROWS]}: numbers {@code [d, d + 8)} of the rows, zero beyond the last
     * @param q the query's, likewise
     */
    abstract void add(float[] sums, float[] q, float[][] x, int d);

    @Override
    public final boolean one(
        float[] panels,
        int at,
        float[] queries,
        int from,
        float[] thresholds,
        int first,
        Found found) {
      return score(panels, at, queries, from, 1, thresholds, first, found);
    }

    @Override
    public final boolean group(
        float[] panels,
        int at,
        float[] queries,
        int from,
        float[] thresholds,
        int first,
        Found found) {
      return score(panels, at, queries, from, GROUP, thresholds, first, found);
    }

    private boolean score(
        float[] panels,
        int at,
        float[] queries,
        int from,
        int count,
        float[] thresholds,
        int first,
        Found found) {
      float[][] sums = new float[count][ROWS];
      float[][] x = new float[COLUMNS][ROWS];
      float[] q = new float[COLUMNS];
      for (int d = 0; d < dim; d += COLUMNS) {
        int columns = Math.min(COLUMNS, dim - d);
        for (int c = 0; c < COLUMNS; c++) {
          if (c < columns) {
            System.arraycopy(panels, at + (d + c) * ROWS, x[c], 0, ROWS);
          } else {
            Arrays.fill(x[c], 0);
            q[c] = 0;
          }
        }
        for (int query = 0; query < count; query++) {
          for (int c = 0; c < columns; c++) {
            q[c] = queries[from + (d + c) * count + query];
          }
          add(sums[query], q, x, d);
        }
      }
      boolean any = false;
      for (int query = 0; query < count; query++) {
        any |= keep(sums[query], thresholds[first + query], query, found);
      }
      return any;
    }

    private static boolean keep(float[] sums, float threshold, int query, Found found) {
      long mask = 0;
      for (int r = 0; r < ROWS; r++) {
        mask |= (sums[r] >= threshold ? 1L : 0L) << r;
      }
      found.masks()[query] = mask;
      if (mask != 0) {
        System.arraycopy(sums, 0, found.scores(), query * ROWS, ROWS);
      }
      return mask != 0;
    }
  }

  private static final class InnerProduct extends Plain {

    InnerProduct(int dim) {
      super(dim);
    }

    @Override
    void add(float[] sums, float[] q, float[][] x, int d) {
      float[] x0 = x[0];
      float[] x1 = x[1];
      float[] x2 = x[2];
      float[] x3 = x[3];
      float[] x4 = x[4];
      float[] x5 = x[5];
      float[] x6 = x[6];
      float[] x7 = x[7];
      float q0 = q[0];
      float q1 = q[1];
      float q2 = q[2];
      float q3 = q[3];
      float q4 = q[4];
      float q5 = q[5];
      float q6 = q[6];
      float q7 = q[7];
      for (int r = 0; r < ROWS; r++) {
        sums[r] =
            sums[r]
                + q0 * x0[r]
                + q1 * x1[r]
                + q2 * x2[r]
                + q3 * x3[r]
                + q4 * x4[r]
                + q5 * x5[r]
                + q6 * x6[r]
                + q7 * x7[r];
      }
    }
  }

  private static final class Euclidean extends Plain {

    Euclidean(int dim) {
      super(dim);
    }

    @Override
    void add(float[] sums, float[] q, float[][] x, int d) {
      float[] x0 = x[0];
      float[] x1 = x[1];
      float[] x2 = x[2];
      float[] x3 = x[3];
      float[] x4 = x[4];
      float[] x5 = x[5];
      float[] x6 = x[6];
      float[] x7 = x[7];
      float q0 = q[0];
      float q1 = q[1];
      float q2 = q[2];
      float q3 = q[3];
      float q4 = q[4];
      float q5 = q[5];
      float q6 = q[6];
      float q7 = q[7];
      for (int r = 0; r < ROWS; r++) {
        sums[r] =
            sums[r]
                - square(x0[r] - q0)
                - square(x1[r] - q1)
                - square(x2[r] - q2)
                - square(x3[r] - q3)
                - square(x4[r] - q4)
                - square(x5[r] - q5)
                - square(x6[r] - q6)
                - square(x7[r] - q7);
      }
    }

    private static float square(float difference) {
      return difference * difference;
    }
  }

  private static final class WeightedL1 extends Plain {

    private final float[] weights;

    WeightedL1(int dim, float[] weights) {
      super(dim);
      this.weights = Arrays.copyOf(weights, (dim + COLUMNS - 1) / COLUMNS * COLUMNS);
    }

    @Override
    void add(float[] sums, float[] q, float[][] x, int d) {
      float[] x0 = x[0];
      float[] x1 = x[1];
      float[] x2 = x[2];
      float[] x3 = x[3];
      float[] x4 = x[4];
      float[] x5 = x[5];
      float[] x6 = x[6];
      float[] x7 = x[7];
      float q0 = q[0];
      float q1 = q[1];
      float q2 = q[2];
      float q3 = q[3];
      float q4 = q[4];
      float q5 = q[5];
      float q6 = q[6];
      float q7 = q[7];
      float w0 = weights[d];
      float w1 = weights[d + 1];
      float w2 = weights[d + 2];
      float w3 = weights[d + 3];
      float w4 = weights[d + 4];
      float w5 = weights[d + 5];
      float w6 = weights[d + 6];
      float w7 = weights[d + 7];
      for (int r = 0; r < ROWS; r++) {
        sums[r] =
            sums[r]
                + w0 * Math.abs(x0[r] - q0)
                + w1 * Math.abs(x1[r] - q1)
                + w2 * Math.abs(x2[r] - q2)
                + w3 * Math.abs(x3[r] - q3)
                + w4 * Math.abs(x4[r] - q4)
                + w5 * Math.abs(x5[r] - q5)
                + w6 * Math.abs(x6[r] - q6)
                + w7 * Math.abs(x7[r] - q7);
      }
    }
  }
}
