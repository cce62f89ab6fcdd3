package dev.doppel.search;

import java.util.Arrays;

/** Kernels as plain loops over the rows of a panel, in the form that compilers vectorise. */
final class PlainKernels implements Kernels {

  static final PlainKernels INSTANCE = new PlainKernels();

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

    /** Adds the terms of a query, whose numbers lie {@code step} apart, to the sums of a panel. */
    abstract void add(float[] panels, int at, float[] queries, int from, int step, float[] sums);

    @Override
    public final boolean one(
        float[] panels,
        int at,
        float[] queries,
        int from,
        float[] thresholds,
        int first,
        Found found) {
      return score(panels, at, queries, from, 1, thresholds[first], found, 0);
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
      boolean any = false;
      for (int q = 0; q < GROUP; q++) {
        any |= score(panels, at, queries, from + q, GROUP, thresholds[first + q], found, q);
      }
      return any;
    }

    private boolean score(
        float[] panels,
        int at,
        float[] queries,
        int from,
        int step,
        float threshold,
        Found found,
        int query) {
      float[] sums = new float[ROWS];
      add(panels, at, queries, from, step, sums);
      long mask = 0;
      for (int r = 0; r < ROWS; r++) {
        if (sums[r] >= threshold) {
          mask |= 1L << r;
        }
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
    void add(float[] panels, int at, float[] queries, int from, int step, float[] sums) {
      for (int d = 0; d < dim; d++) {
        float query = queries[from + d * step];
        int p = at + d * ROWS;
        for (int r = 0; r < ROWS; r++) {
          sums[r] += query * panels[p + r];
        }
      }
    }
  }

  private static final class Euclidean extends Plain {

    Euclidean(int dim) {
      super(dim);
    }

    @Override
    void add(float[] panels, int at, float[] queries, int from, int step, float[] sums) {
      for (int d = 0; d < dim; d++) {
        float query = queries[from + d * step];
        int p = at + d * ROWS;
        for (int r = 0; r < ROWS; r++) {
          float difference = panels[p + r] - query;
          sums[r] -= difference * difference;
        }
      }
    }
  }

  private static final class WeightedL1 extends Plain {

    private final float[] weights;

    WeightedL1(int dim, float[] weights) {
      super(dim);
      this.weights = Arrays.copyOf(weights, dim);
    }

    @Override
    void add(float[] panels, int at, float[] queries, int from, int step, float[] sums) {
      for (int d = 0; d < dim; d++) {
        float query = queries[from + d * step];
        float weight = weights[d];
        int p = at + d * ROWS;
        for (int r = 0; r < ROWS; r++) {
          sums[r] += weight * Math.abs(panels[p + r] - query);
        }
      }
    }
  }
}
