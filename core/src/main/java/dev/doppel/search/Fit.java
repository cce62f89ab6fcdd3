package dev.doppel.search;

import java.util.Arrays;

/**
 * Fits the rule which cells to look into on rows of the index itself: each asks for its closest
 * other row, and the exact answer says in whose cell that is.
 *
 * @param queries {@code [trials, dim]}
 * @param answers {@code [trials, dim]}: the closest other row of each
 */
record Fit(Scoring scoring, int threads, float[] queries, float[] answers) {

  static Fit of(Scoring scoring, int threads, Lists lists, int[] trials) {
    int dim = scoring.dim;
    float[] queries = new float[trials.length * dim];
    float[] answers = new float[trials.length * dim];
    for (int t = 0; t < trials.length; t++) {
      lists.get(trials[t], queries, t * dim);
    }
    Best[] two = Search.bests(scoring, threads, lists.snapshot(), queries, 2, VectorIndex.ALL);
    int[] rows = new int[2];
    float[] scores = new float[2];
    for (int t = 0; t < trials.length; t++) {
      two[t].drainTo(rows, scores);
      lists.get(rows[0] == trials[t] ? rows[1] : rows[0], answers, t * dim);
    }
    return new Fit(scoring, threads, queries, answers);
  }

  private int trials() {
    return queries.length / scoring.dim;
  }

  /** The rule for these centres that finds as many answers as are wanted, with some to spare. */
  Cells cells(Rows centres, double recall) {
    int trials = trials();
    int[] cells = Search.nearest(scoring, threads, new Rows[] {centres}, answers);
    int[] ranks = new int[trials];
    float[] gaps = new float[trials];
    float[] all = new float[centres.slots()];
    for (int t = 0; t < trials; t++) {
      float[] query = Arrays.copyOfRange(queries, t * scoring.dim, (t + 1) * scoring.dim);
      Search.raw(scoring, centres, query, all);
      float of = all[cells[t]];
      float best = of;
      for (float score : all) {
        if (score > of) {
          ranks[t]++;
          best = Math.max(best, score);
        }
      }
      gaps[t] = best - of;
    }
    // So that a share measured on so few is not below the wanted one by luck.
    double spare = 1.5 * Math.sqrt(recall * (1 - recall) / trials);
    int wanted = (int) Math.ceil(Math.min(1, recall + spare) * trials);
    int most = 1 + sorted(ranks)[(wanted + trials) / 2 - 1];
    float[] within = gaps.clone();
    for (int t = 0; t < trials; t++) {
      if (ranks[t] >= most) {
        within[t] = Float.POSITIVE_INFINITY;
      }
    }
    Arrays.sort(within);
    return new Cells(centres, most, within[wanted - 1]);
  }

  private static int[] sorted(int[] values) {
    int[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /**
   * Rows and centres scored for a query, on average.
   *
   * @param sample of the rows
   * @param rows how many there are
   */
  double work(Cells cells, float[] sample, int rows) {
    int[] sizes = Cells.sizes(cells.of(scoring, threads, sample), cells.count());
    double scale = (double) rows * scoring.dim / sample.length;
    double sum = 0;
    for (int[] probed : cells.toProbe(scoring, threads, queries)) {
      for (int cell : probed) {
        sum += sizes[cell] * scale + Kernel.ROWS / 2.0; // the last panel is half empty
      }
    }
    return cells.count() + sum / trials();
  }
}
